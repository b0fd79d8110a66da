package aksnetlint.rules["route-table-mismatch-across-pools_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["route-table-mismatch-across-pools"] as rule

hits(properties, subnets) := {hit.message |
	pools := {"a": {"vnetSubnetID": fixture.nodes_id}, "b": {"vnetSubnetID": fixture.pods_id}}
	some hit in rule.deny with input as fixture.input_for(properties, pools, fixture.vnet("10.1.0.0/16", subnets))
}

kubenet := {"networkProfile": {"networkPlugin": "kubenet"}}

table(name) := {"routeTable": {"id": sprintf("/rg/microsoft.network/routetables/%s", [name])}}

test_two_tables if {
	hits(kubenet, {"nodes": table("one"), "pods": table("two")}) == {"subnet pods has route table two, subnet nodes has one: a kubenet cluster has one"}
}

test_one_without if {
	hits(kubenet, {"nodes": {}, "pods": table("two")}) == {"subnet nodes has no route table, subnet pods has two: a kubenet cluster has one for all"}
}

test_fine if {
	hits(kubenet, {"nodes": table("one"), "pods": table("ONE")}) == set()
	hits(kubenet, {"nodes": {}, "pods": {}}) == set()
	hits(kubenet, {"nodes": table("one"), "pods": table("{name}")}) == set()
	hits({"networkProfile": {"networkPlugin": "azure"}}, {"nodes": table("one"), "pods": table("two")}) == set()
}
