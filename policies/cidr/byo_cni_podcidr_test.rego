package aksnetlint.rules["byo-cni-podcidr_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["byo-cni-podcidr"] as rule

hits(profile) := result if {
	doc := fixture.profile_input(profile)
	result := {hit.message | some hit in rule.deny} with input as doc with data.settings as settings
}

settings := {"as_of": "2026-06-01"}

test_absent if {
	hits({"networkPlugin": "none"}) == {"networkPlugin is none and podCidr is not set: AKS does not know the pod range"}
	hits({"networkPlugin": "none", "podCidr": ""}) == {"networkPlugin is none and podCidr is not set: AKS does not know the pod range"}
}

test_given if {
	hits({"networkPlugin": "none", "podCidr": "10.40.0.0/16"}) == set()
	hits({"networkPlugin": "kubenet"}) == set()
}
