package aksnetlint.rules["route-table-wrong-subscription_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["route-table-wrong-subscription"] as rule

subnet_id := "/subscriptions/one/resourcegroups/rg/providers/microsoft.network/virtualnetworks/net/subnets/nodes"

hits(table, where) := {hit.message |
	others := fixture.resource(subnet_id, "Microsoft.Network/virtualNetworks/subnets", {"routeTable": {"id": table}})
	deployed := fixture.input_for({}, {"a": {"vnetSubnetID": subnet_id}}, others)
	doc := object.union(deployed, {"deployment": {"context": where}})
	some hit in rule.deny with input as doc
}

test_other_subscription if {
	hits("/subscriptions/two/resourceGroups/rg/providers/Microsoft.Network/routeTables/rt", {}) == {"route table rt is in subscription two, subnet nodes in one"}
}

test_fine if {
	hits("/subscriptions/ONE/resourceGroups/other/providers/Microsoft.Network/routeTables/rt", {}) == set()
	hits("/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Network/routeTables/rt", {"subscription": null}) == set()
}
