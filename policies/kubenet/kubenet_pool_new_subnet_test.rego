package aksnetlint.rules["kubenet-pool-new-subnet_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["kubenet-pool-new-subnet"] as rule

hits(properties, pool, subnets) := {hit.message |
	doc := fixture.input_for(properties, fixture.own_network, fixture.vnet("10.1.0.0/16", subnets))
	id := "/rg/microsoft.containerservice/managedclusters/shop/agentpools/extra"
	child := {"id": id, "type": "Microsoft.ContainerService/managedClusters/agentPools", "name": "shop/extra", "properties": pool}
	whole := object.union(doc, {"deployment": {
		"resources": {id: child},
		"by_type": {"microsoft.containerservice/managedclusters/agentpools": ["/rg/microsoft.containerservice/managedclusters/shop/agentpools/system", id]},
	}})
	some hit in rule.deny with input as whole
}

kubenet := {"networkProfile": {"networkPlugin": "kubenet"}}

test_new_subnet if {
	hits(kubenet, {"vnetSubnetID": fixture.pods_id}, {"pods": {}}) == {"pool extra is in subnet pods, which gets the route table of the kubenet cluster only when the cluster is updated again"}
}

test_fine if {
	hits(kubenet, {"vnetSubnetID": fixture.nodes_id}, {"nodes": {}}) == set()
	hits(kubenet, {"vnetSubnetID": fixture.pods_id}, {"pods": {"routeTable": {"id": "/rt"}}}) == set()
	hits({"networkProfile": {"networkPlugin": "azure"}}, {"vnetSubnetID": fixture.pods_id}, {"pods": {}}) == set()
}
