package aksnetlint.rules["kubenet-shared-subnet-or-table_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["kubenet-shared-subnet-or-table"] as rule

hits(plugin, other, others) := {hit.message |
	doc := fixture.input_for({"networkProfile": {"networkPlugin": "kubenet"}}, fixture.own_network, object.union(others, {
		other.id: object.union(other, {"type": "Microsoft.ContainerService/managedClusters", "name": "other", "properties": {"networkProfile": {"networkPlugin": plugin}}}),
		sprintf("%s/agentpools/p", [other.id]): {
			"id": sprintf("%s/agentpools/p", [other.id]),
			"type": "Microsoft.ContainerService/managedClusters/agentPools",
			"name": "other/p",
			"properties": {"vnetSubnetID": other.subnet},
		},
	}))
	some hit in rule.deny with input as doc
}

table := {"routeTable": {"id": "/rg/microsoft.network/routetables/rt"}}

test_subnet if {
	hits("kubenet", {"id": "/rg/a/other", "subnet": fixture.nodes_id}, {}) == {"the kubenet clusters other and shop share subnet nodes"}
	hits("kubenet", {"id": "/zz/other", "subnet": fixture.nodes_id, "existing": true}, {}) == {"the kubenet clusters other and shop share subnet nodes"}
}

test_table if {
	subnets := fixture.vnet("10.1.0.0/16", {"nodes": table, "pods": table})
	hits("kubenet", {"id": "/rg/a/other", "subnet": fixture.pods_id}, subnets) == {"the kubenet clusters other and shop share route table rt"}
}

test_fine if {
	hits("kubenet", {"id": "/zz/other", "subnet": fixture.nodes_id}, {}) == set()
	hits("azure", {"id": "/rg/a/other", "subnet": fixture.nodes_id}, {}) == set()
	hits("kubenet", {"id": "/rg/a/other", "subnet": fixture.pods_id}, fixture.vnet("10.1.0.0/16", {"nodes": table, "pods": {}})) == set()
}
