package aksnetlint.rules["reserved-range_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["reserved-range"] as rule

hits(profile, pools, others) := result if {
	doc := fixture.input_for({"networkProfile": profile}, pools, others)
	result := {hit.message | some hit in rule.deny} with input as doc with data.settings as settings
}

settings := {"as_of": "2026-06-01"}

test_cluster_ranges if {
	hits(fixture.overlay({"podCidr": "172.30.0.0/16"}), {"system": {}}, {}) == {"podCidr 172.30.0.0/16 overlaps 172.30.0.0/16, which AKS keeps for itself"}
	hits(fixture.overlay({"serviceCidr": "192.0.0.0/16"}), {"system": {}}, {}) == {"serviceCidr 192.0.0.0/16 overlaps 192.0.2.0/24, which AKS keeps for itself"}
	hits({"podCidr": "169.254.1.0/24"}, {"system": {}}, {}) == {"podCidr 169.254.1.0/24 overlaps 169.254.0.0/16, which AKS keeps for itself"}
}

test_network if {
	net := fixture.vnet("172.31.0.0/20", {"nodes": {"addressPrefix": "172.31.0.0/24"}})
	hits(fixture.overlay({}), fixture.own_network, net) == {"address space 172.31.0.0/20 of the cluster's virtual network net overlaps 172.31.0.0/16, which AKS keeps for itself"}
	hits(fixture.overlay({}), {"system": {}}, net) == set()
}

test_apart if {
	hits(fixture.overlay({"podCidr": "172.29.0.0/16"}), {"system": {}}, {}) == set()
	hits({"networkPlugin": "azure", "podCidr": "172.30.0.0/16"}, {"system": {}}, {}) == set()
}
