package aksnetlint.rules["service-cidr-too-large_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["service-cidr-too-large"] as rule

hits(profile) := result if {
	doc := fixture.profile_input(fixture.overlay(profile))
	result := {hit.message | some hit in rule.deny} with input as doc with data.settings as settings
}

settings := {"as_of": "2026-06-01"}

test_larger_than_twelve_is_refused if {
	hits({"serviceCidr": "172.0.0.0/11"}) == {"serviceCidr 172.0.0.0/11 is larger than the largest service range that AKS accepts, a /12"}
	hits({"serviceCidrs": ["10.0.0.0/8", "fd00::/108"]}) == {"serviceCidrs[0] 10.0.0.0/8 is larger than the largest service range that AKS accepts, a /12"}
}

test_twelve_is_noted if {
	hits({"serviceCidr": "172.16.0.0/12"}) == {"serviceCidr 172.16.0.0/12 is a /12: the documentation asks for a range smaller than that"}
}

test_smaller_is_fine if {
	hits({"serviceCidr": "172.16.0.0/13"}) == set()
	hits({"podCidr": "10.0.0.0/8"}) == set()
	hits({}) == set()
}
