package aksnetlint.rules["podsubnet-vnet-64k_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["podsubnet-vnet-64k"] as rule

deny(pools) := hits if {
	hits := rule.deny with input as fixture.input_for({"networkProfile": {"networkPlugin": "azure"}}, pools, {})
}

pool(properties) := object.union({"vnetSubnetID": fixture.nodes_id, "podSubnetID": fixture.pods_id}, properties)

test_beyond if {
	hits := deny({"one": pool({"count": 100}), "two": pool({"count": 200, "maxPods": 240})})
	{hit.message | some hit in hits} == {"the pods of the pools in virtual network net can take 73000 addresses, dynamic allocation has 65536 in a network"}
	{hit.evidence | some hit in hits} == {["one 100 x 250 = 25000", "two 200 x 240 = 48000"]}
	{hit.resource | some hit in hits} == {"/rg/microsoft.containerservice/managedclusters/shop/agentpools/two"}
}

test_within if {
	deny({"one": pool({"count": 262})}) == set()
	deny({"one": pool({"count": 900, "podIPAllocationMode": "StaticBlock"})}) == set()
	deny({"one": {"count": 900, "vnetSubnetID": fixture.nodes_id}}) == set()
}
