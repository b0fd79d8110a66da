package aksnetlint.rules["cidr-public-range_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["cidr-public-range"] as rule

hits(profile) := result if {
	doc := fixture.profile_input(fixture.overlay(profile))
	result := {hit.message | some hit in rule.deny} with input as doc with data.settings as settings
}

settings := {"as_of": "2026-06-01"}

test_public if {
	hits({"serviceCidr": "172.10.0.0/16"}) == {"serviceCidr 172.10.0.0/16 is not within the private address space: addresses on the internet are hidden from the pods"}
	hits({"podCidr": "192.168.0.0/15"}) == {"podCidr 192.168.0.0/15 is not within the private address space: addresses on the internet are hidden from the pods"}
}

test_private if {
	hits({"podCidr": "100.64.0.0/16", "serviceCidr": "192.168.0.0/24"}) == set()
	hits({"podCidrs": ["10.244.0.0/16", "fd00::/64"]}) == set()
	hits({"podCidr": "169.254.0.0/17"}) == set()
	hits({"podCidr": "11.0.0.0"}) == set()
}
