package aksnetlint.rules["outbound-managed-nat-on-byo-vnet_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["outbound-managed-nat-on-byo-vnet"] as rule

hits(profile, pools) := result if {
	doc := fixture.input_for({"networkProfile": profile}, pools, {})
	result := {hit.message | some hit in rule.deny} with input as doc with data.settings as settings
}

settings := {"as_of": "2026-06-01"}

test_own_network if {
	hits({"outboundType": "managedNATGateway"}, fixture.own_network) == {"outboundType managedNATGateway does not work with a virtual network of your own: pool system names a subnet"}
	hits({"outboundType": "managedNATGatewayV2"}, fixture.own_network) == {"outboundType managedNATGatewayV2 does not work with a virtual network of your own: pool system names a subnet"}
}

test_fine if {
	hits({"outboundType": "managedNATGateway"}, {"system": {"vnetSubnetID": ""}}) == set()
	hits({}, fixture.own_network) == set()
}
