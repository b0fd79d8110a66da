package aksnetlint.rules["cidr-not-canonical_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["cidr-not-canonical"] as rule

hits(profile) := result if {
	doc := fixture.profile_input(fixture.overlay(profile))
	result := {hit.message | some hit in rule.deny} with input as doc with data.settings as settings
}

settings := {"as_of": "2026-06-01"}

test_host_bits if {
	hits({"podCidr": "10.40.0.1/16"}) == {"podCidr 10.40.0.1/16 has bits set after the prefix; the range is 10.40.0.0/16"}
	hits({"podCidrs": ["10.40.0.0/16", "fd00:10::1/64"]}) == {"podCidrs[1] fd00:10::1/64 has bits set after the prefix; the range is fd00:10::/64"}
}

test_fix if {
	doc := fixture.profile_input({"podCidrs": ["10.40.0.1/16"]})
	some hit in rule.deny with input as doc
	hit.fix == [{"op": "replace", "path": "/properties/networkProfile/podCidrs/0", "value": "10.40.0.0/16"}]
}

test_no_range if {
	hits({"serviceCidr": "172.20.0.0"}) == {"serviceCidr \"172.20.0.0\" is not an address range: it must be a network address with a prefix length"}
	hits({"serviceCidr": "172.20.0.0/33"}) == {"serviceCidr \"172.20.0.0/33\" is not an address range: it must be a network address with a prefix length"}
}

test_canonical if {
	hits({"podCidr": "10.40.0.0/16", "serviceCidr": ""}) == set()
	hits({"podCidrs": ["10.40.0.0/16", "FD00:0010:0:0::/64"]}) == set()
	hits({"dockerBridgeCidr": "172.17.0.1/16"}) == set()
}
