package aksnetlint.rules["nat-gateway-not-on-subnet_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["nat-gateway-not-on-subnet"] as rule

hits(profile, pools, others) := result if {
	doc := fixture.input_for({"networkProfile": profile}, pools, others)
	result := {hit.message | some hit in rule.deny} with input as doc with data.settings as settings
}

settings := {"as_of": "2026-06-01"}

attached(properties) := object.union({"addressPrefix": "10.1.0.0/20", "natGateway": {"id": upper(fixture.nat_id)}}, properties)

gateway(properties) := fixture.resource(fixture.nat_id, "Microsoft.Network/natGateways", properties)

user_nat := {"outboundType": "userAssignedNATGateway"}

test_subnets if {
	net := fixture.vnet("10.1.0.0/16", {"nodes": {"addressPrefix": "10.1.0.0/20"}, "pods": {"addressPrefix": "10.1.16.0/20"}, "data": {"addressPrefix": "10.1.32.0/20"}})
	pools := {"system": {"vnetSubnetID": fixture.nodes_id, "podSubnetID": fixture.pods_id}}
	hits(user_nat, pools, net) == {
		"subnet nodes has no NAT gateway, and outboundType is userAssignedNATGateway",
		"subnet pods has no NAT gateway, and outboundType is userAssignedNATGateway",
	}
}

test_gateway_without_address if {
	net := fixture.vnet("10.1.0.0/16", {"nodes": attached({})})
	hits(user_nat, fixture.own_network, object.union(net, gateway({"publicIpAddresses": []}))) == {"NAT gateway nat has neither a public IP address nor a public IP prefix"}
}

test_fine if {
	net := fixture.vnet("10.1.0.0/16", {"nodes": attached({})})
	hits(user_nat, fixture.own_network, object.union(net, gateway({"publicIpPrefixes": [{"id": "/p"}]}))) == set()
	hits(user_nat, fixture.own_network, net) == set()
	hits(user_nat, fixture.own_network, {}) == set()
	hits({}, fixture.own_network, fixture.vnet("10.1.0.0/16", {"nodes": {}})) == set()
}
