package aksnetlint.rules["managed-vnet-overlap_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["managed-vnet-overlap"] as rule

hits(profile, pools) := result if {
	doc := fixture.input_for({"networkProfile": profile}, pools, {})
	result := {hit.message | some hit in rule.deny} with input as doc with data.settings as settings
}

settings := {"as_of": "2026-06-01"}

test_overlap if {
	hits(fixture.overlay({"serviceCidr": "10.230.0.0/16"}), {"system": {}}) == {"service range 10.230.0.0/16 overlaps 10.224.0.0/12, the virtual network that AKS makes for this cluster"}
	hits(fixture.overlay({"podCidr": "10.224.0.0/14"}), {"system": {}}) == {"pod range 10.224.0.0/14 overlaps 10.224.0.0/12, the virtual network that AKS makes for this cluster"}
}

test_fine if {
	hits(fixture.overlay({}), {"system": {}}) == set()
	hits(fixture.overlay({"podCidr": "10.224.0.0/14"}), fixture.own_network) == set()
	hits({"networkPlugin": "azure"}, {"system": {}}) == set()
}
