package aksnetlint.rules["service-cidr-overlaps-subnet_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["service-cidr-overlaps-subnet"] as rule

hits(profile, pools, others) := result if {
	doc := fixture.input_for({"networkProfile": profile}, pools, others)
	result := {hit.message | some hit in rule.deny} with input as doc with data.settings as settings
}

settings := {"as_of": "2026-06-01"}

net := fixture.vnet("10.0.0.0/16", {"nodes": {"addressPrefix": "10.0.16.0/20"}, "pods": {"addressPrefixes": ["10.0.64.0/20", "fd00::/64"]}})

test_default_range if {
	hits({}, fixture.own_network, net) == {
		"serviceCidr is omitted, and its default 10.0.0.0/16 overlaps the subnet nodes (10.0.16.0/20) of the cluster's virtual network",
		"serviceCidr is omitted, and its default 10.0.0.0/16 overlaps the subnet pods (10.0.64.0/20) of the cluster's virtual network",
	}
}

test_written_range if {
	hits({"serviceCidr": "10.0.64.0/24"}, fixture.own_network, net) == {"service range 10.0.64.0/24 overlaps the subnet pods (10.0.64.0/20) of the cluster's virtual network"}
}

test_address_space_without_subnet if {
	hits({"serviceCidr": "10.0.128.0/24"}, fixture.own_network, net) == {"service range 10.0.128.0/24 overlaps the address space 10.0.0.0/16 of the cluster's virtual network net: no subnet can be added there"}
}

test_no_overlap if {
	hits({"serviceCidr": "172.20.0.0/16"}, fixture.own_network, net) == set()
	hits({}, {"system": {}}, net) == set()
	hits({}, fixture.own_network, {}) == set()
}
