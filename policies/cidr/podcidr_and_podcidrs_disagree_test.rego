package aksnetlint.rules["podcidr-and-podcidrs-disagree_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["podcidr-and-podcidrs-disagree"] as rule

hits(profile) := result if {
	doc := fixture.profile_input(fixture.overlay(profile))
	result := {hit.message | some hit in rule.deny} with input as doc with data.settings as settings
}

settings := {"as_of": "2026-06-01"}

test_disagree if {
	hits({"podCidr": "10.40.0.0/16", "podCidrs": ["10.41.0.0/16"]}) == {"podCidr 10.40.0.0/16 is not the first element of podCidrs, 10.41.0.0/16"}
	hits({"serviceCidr": "172.20.0.0/16", "serviceCidrs": ["172.20.0.0/20"]}) == {"serviceCidr 172.20.0.0/16 is not the first element of serviceCidrs, 172.20.0.0/20"}
}

test_agree if {
	hits({"podCidr": "10.40.0.0/16", "podCidrs": ["10.40.0.0/16"]}) == set()
	hits({"podCidr": "", "podCidrs": ["10.40.0.0/16"]}) == set()
	hits({"podCidr": "10.40.0.0/16", "podCidrs": []}) == set()
}
