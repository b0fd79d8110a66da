package aksnetlint.rules["kubenet-podcidr-too-small_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["kubenet-podcidr-too-small"] as rule

hits(network, pools, others) := hits_with(network, pools, others, {"as_of": "2026-06-01"})

hits_with(network, pools, others, settings) := {sprintf("%s: %s", [object.get(hit, "severity", "default"), hit.message]) |
	doc := fixture.input_for({"networkProfile": network, "kubernetesVersion": "1.33"}, pools, others)
	some hit in rule.deny with input as doc with data.settings as settings
}

kubenet(more) := object.union({"networkPlugin": "kubenet"}, more)

test_with_surge if {
	hits(kubenet({"podCidr": "10.200.0.0/20"}), {"system": {"count": 15}}, {}) == {"default: podCidr is too small: pool system (15 + surge 2) x 256 = 4352 addresses; 10.200.0.0/20 has 4096; /19 would do"}
	hits(kubenet({"podCidr": "10.200.0.0/20"}), {"system": {"count": 14}}, {}) == set()
}

test_default_range if {
	hits(kubenet({}), {"system": {"count": 200}}, {}) == set()
	count(hits(kubenet({}), {"system": {"count": 250}}, {})) == 1
}

test_other_modes if {
	hits({"networkPlugin": "azure", "networkPluginMode": "overlay", "podCidr": "10.200.0.0/24"}, {"system": {"count": 15}}, {}) == set()
}
