package aksnetlint.rules["nat-on-subnet-but-other-outbound_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["nat-on-subnet-but-other-outbound"] as rule

hits(profile, pools, others) := result if {
	doc := fixture.input_for({"networkProfile": profile}, pools, others)
	result := {hit.message | some hit in rule.deny} with input as doc with data.settings as settings
}

settings := {"as_of": "2026-06-01"}

attached(properties) := object.union({"addressPrefix": "10.1.0.0/20", "natGateway": {"id": upper(fixture.nat_id)}}, properties)

user_nat := {"outboundType": "userAssignedNATGateway"}

net := fixture.vnet("10.1.0.0/16", {"nodes": attached({}), "data": attached({})})

test_other_outbound_types if {
	hits({}, fixture.own_network, net) == {"node subnet nodes has a NAT gateway, but outboundType is loadBalancer"}
	hits({"outboundType": "userDefinedRouting"}, fixture.own_network, net) == {"node subnet nodes has a NAT gateway, but outboundType is userDefinedRouting"}
}

test_fine if {
	hits(user_nat, fixture.own_network, net) == set()
	hits({"outboundType": "managedNATGateway"}, fixture.own_network, net) == set()
	hits({}, {"system": {}}, net) == set()
	hits({}, fixture.own_network, fixture.vnet("10.1.0.0/16", {"nodes": {"natGateway": null}})) == set()
}
