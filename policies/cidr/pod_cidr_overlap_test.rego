package aksnetlint.rules["pod-cidr-overlap_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["pod-cidr-overlap"] as rule

hits(profile, pools, others) := result if {
	doc := fixture.input_for({"networkProfile": profile}, pools, others)
	result := {hit.message | some hit in rule.deny} with input as doc with data.settings as settings
}

settings := {"as_of": "2026-06-01"}

net := fixture.vnet("10.240.0.0/13", {"nodes": {"addressPrefix": "10.244.8.0/21"}})

test_subnet if {
	hits(fixture.overlay({}), fixture.own_network, net) == {"podCidr is omitted, and its default 10.244.0.0/16 overlaps the subnet nodes (10.244.8.0/21) of the cluster's virtual network"}
	hits({"networkPlugin": "kubenet", "podCidr": "10.244.8.0/22"}, fixture.own_network, net) == {"pod range 10.244.8.0/22 overlaps the subnet nodes (10.244.8.0/21) of the cluster's virtual network"}
}

test_service_range if {
	hits(fixture.overlay({"podCidr": "10.0.0.0/12"}), {"system": {}}, {}) == {"pod range 10.0.0.0/12 overlaps the service range 10.0.0.0/16"}
}

test_not_used_or_apart if {
	hits({"networkPlugin": "azure"}, fixture.own_network, net) == set()
	hits({}, fixture.own_network, net) == set()
	hits(fixture.overlay({"podCidr": "192.168.0.0/16"}), fixture.own_network, net) == set()
}
