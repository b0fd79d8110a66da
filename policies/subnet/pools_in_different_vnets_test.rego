package aksnetlint.rules["pools-in-different-vnets_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["pools-in-different-vnets"] as rule

hits(pools) := {hit.message | some hit in rule.deny with input as fixture.input_for({}, pools, {})}

far := "/rg/microsoft.network/virtualnetworks/far/subnets/nodes"

test_two_networks if {
	hits({"a": {"vnetSubnetID": fixture.nodes_id}, "b": {"vnetSubnetID": far}}) == {"pool b is in virtual network far, pool a in net: a cluster has one network"}
	hits({"a": {"vnetSubnetID": fixture.nodes_id}, "b": {"vnetSubnetID": "/rg/microsoft.network/virtualnetworks/{vnet}/subnets/nodes"}}) == set()
}

test_some_without if {
	hits({"a": {"vnetSubnetID": fixture.nodes_id}, "b": {"vnetSubnetID": ""}}) == {"pool b names no subnet, pool a does: all pools do, or none"}
}

test_fine if {
	hits({"a": {"vnetSubnetID": fixture.nodes_id}, "b": {"vnetSubnetID": upper(fixture.pods_id)}}) == set()
	hits({"a": {}, "b": {}}) == set()
}
