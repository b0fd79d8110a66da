package aksnetlint.rules["outbound-user-nat-on-managed-vnet_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["outbound-user-nat-on-managed-vnet"] as rule

hits(profile, pools) := result if {
	doc := fixture.input_for({"networkProfile": profile}, pools, {})
	result := {hit.message | some hit in rule.deny} with input as doc with data.settings as settings
}

settings := {"as_of": "2026-06-01"}

test_no_subnet if {
	hits({"outboundType": "userAssignedNATGateway"}, {"system": {}, "user": {}}) == {"outboundType userAssignedNATGateway needs a subnet with a NAT gateway, and no pool names a subnet"}
}

test_fine if {
	hits({"outboundType": "userAssignedNATGateway"}, fixture.own_network) == set()
	hits({"outboundType": "userAssignedNATGateway"}, {}) == set()
	hits({}, {"system": {}}) == set()
}
