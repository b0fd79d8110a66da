# METADATA
# title: kubenet clusters share a subnet or a route table
# description: Two kubenet clusters in one subnet, or with one route table, write routes for the same pod ranges, and traffic goes to the wrong nodes. Several pools of one cluster, and Azure CNI clusters, may share a subnet.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/configure-kubenet
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Give each kubenet cluster a subnet and a route table of its own, or use Azure CNI Overlay.
#   since: 0.1.0
#   catalogue: 306
package aksnetlint.rules["kubenet-shared-subnet-or-table"]

import data.aksnetlint.lib.aks

path := ["properties", "vnetSubnetID"]

own := lower(input.resource.id)

# Of two clusters that are deployed together the later one, by id, is told.
others contains {"resource": cluster, "deployment": input.deployment} if {
	aks.is_kubenet(input.resource)
	some id in input.deployment.by_type[aks.cluster_type]
	cluster := input.deployment.resources[id]
	id != own
	is_earlier(id, cluster)
	aks.is_kubenet(cluster)
}

is_earlier(id, _) if id < own

is_earlier(_, cluster) if aks.is_existing(cluster)

deny contains {"path": path, "resource": id, "message": message} if {
	some other in others
	some id, pool in aks.pools(input)
	subnet := aks.node_subnet_id(pool)
	subnet in aks.node_subnet_ids(other)
	message := sprintf("the kubenet clusters %s and %s share subnet %s", [aks.name(other.resource), aks.name(input.resource), aks.last_segment(subnet)])
}

deny contains {"path": path, "resource": id, "message": message} if {
	some other in others
	some id, pool in aks.pools(input)
	subnet := aks.node_subnet_id(pool)
	not subnet in aks.node_subnet_ids(other)
	table := aks.route_table_id(input.deployment.resources[subnet])
	table in tables(other)
	message := sprintf("the kubenet clusters %s and %s share route table %s", [aks.name(other.resource), aks.name(input.resource), aks.last_segment(table)])
}

tables(context) := {table |
	some id in aks.node_subnet_ids(context)
	table := aks.route_table_id(context.deployment.resources[id])
}
