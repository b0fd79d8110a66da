# METADATA
# title: Pools of a kubenet cluster have different route tables
# description: All node subnets of a kubenet cluster must have one and the same route table (TooManyCustomRouteTables), or none (SubnetMissingRouteTableAssociation), since the pods of two tables do not find each other.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/configure-kubenet
#   - ref: https://learn.microsoft.com/azure/aks/node-pool-unique-subnet
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Associate one route table with the subnets of all pools.
#   since: 0.1.0
#   catalogue: 304
package aksnetlint.rules["route-table-mismatch-across-pools"]

import data.aksnetlint.lib.aks

# The table of each node subnet that has one.
tables := {id: table |
	aks.is_kubenet(input.resource)
	some id in aks.node_subnet_ids(input)
	table := aks.route_table_id(input.deployment.resources[id])
}

# The first subnet with a table, by id, says which table the others should have.
first := min(object.keys(tables))

path := ["properties", "routeTable", "id"]

deny contains {"path": place.path, "resource": place.resource, "message": message} if {
	some id, table in tables
	aks.differ(input, table, tables[first])
	place := aks.subnet_place(input, id, path)
	message := sprintf("subnet %s has route table %s, subnet %s has %s: a kubenet cluster has one", [
		aks.last_segment(id), aks.last_segment(table),
		aks.last_segment(first), aks.last_segment(tables[first]),
	])
}

deny contains {"path": place.path, "resource": place.resource, "message": message} if {
	some id in aks.node_subnet_ids(input)
	subnet := input.deployment.resources[id]
	subnet.properties
	not aks.route_table_id(subnet)
	place := aks.subnet_place(input, id, path)
	message := sprintf("subnet %s has no route table, subnet %s has %s: a kubenet cluster has one for all", [
		aks.last_segment(id), aks.last_segment(first), aks.last_segment(tables[first]),
	])
}
