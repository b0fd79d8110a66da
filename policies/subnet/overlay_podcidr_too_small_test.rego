package aksnetlint.rules["overlay-podcidr-too-small_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["overlay-podcidr-too-small"] as rule

hits(network, pools, others) := hits_with(network, pools, others, {"as_of": "2026-06-01"})

hits_with(network, pools, others, settings) := {sprintf("%s: %s", [object.get(hit, "severity", "default"), hit.message]) |
	doc := fixture.input_for({"networkProfile": network, "kubernetesVersion": "1.33"}, pools, others)
	some hit in rule.deny with input as doc with data.settings as settings
}

overlay(more) := object.union({"networkPlugin": "azure", "networkPluginMode": "overlay"}, more)

test_too_small if {
	pools := {"system": {"count": 3}, "user": {"count": 5, "enableAutoScaling": true, "maxCount": 30}}
	hits(overlay({"podCidr": "10.200.0.0/19"}), pools, {}) == {"default: podCidr is too small: pools system 3 + user 30 (autoscaled) x 256 = 8448 addresses; 10.200.0.0/19 has 8192; /18 would do"}
	hits(overlay({"podCidr": "10.200.0.0/18"}), pools, {}) == set()
}

test_default_range if {
	hits(overlay({}), {"user": {"count": 257}}, {}) == {"default: podCidr is too small: pool user 257 x 256 = 65792 addresses; 10.244.0.0/16 has 65536; /15 would do"}
	hits(overlay({}), {"user": {"count": 256}}, {}) == set()
}

test_other_modes if {
	hits({"networkPlugin": "kubenet"}, {"user": {"count": 300}}, {}) == set()
	hits({"networkPlugin": "azure"}, {"user": {"count": 300}}, {}) == set()
	hits(overlay({"podCidr": "fd00::/64"}), {"user": {"count": 300}}, {}) == set()
}

test_evidence if {
	deny := rule.deny with input as fixture.input_for({"networkProfile": overlay({})}, {"user": {"count": 257}}, {})
	{hit.evidence | some hit in deny} == {["user 257 x 256 = 65792", "sum = 65792", "10.244.0.0/16: 2^16 = 65536 addresses"]}
	{hit.path | some hit in deny} == {["properties", "networkProfile", "podCidr"]}
}
