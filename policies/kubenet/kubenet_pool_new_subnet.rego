# METADATA
# title: New pool of a kubenet cluster in a subnet of its own
# description: AKS attaches its route table to the subnets that the cluster's own agentPoolProfiles name. The subnet of a pool that is deployed as a resource of its own gets the table with the next update of the cluster only; until then its pods are cut off.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/configure-kubenet
#   - ref: https://learn.microsoft.com/azure/aks/node-pool-unique-subnet
# schemas:
#   - input: schema.arm
# custom:
#   severity: note
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Associate the cluster's route table with the new subnet in the template, or update the cluster again after the pool was added.
#   since: 0.1.0
#   catalogue: 310
package aksnetlint.rules["kubenet-pool-new-subnet"]

import data.aksnetlint.lib.aks

inline_names := {lower(profile.name) | some profile in input.resource.properties.agentPoolProfiles}

pools := aks.pools(input)

inline_subnets := {aks.node_subnet_id(pool) |
	some pool in pools
	lower(aks.pool_name(pool)) in inline_names
}

deny contains {"path": ["properties", "vnetSubnetID"], "resource": id, "message": message} if {
	aks.is_kubenet(input.resource)
	some id, pool in pools
	not lower(aks.pool_name(pool)) in inline_names
	subnet := aks.node_subnet_id(pool)
	every other in inline_subnets { aks.differ(input, subnet, other) }
	not aks.route_table_id(input.deployment.resources[subnet])
	message := sprintf("pool %s is in subnet %s, which gets the route table of the kubenet cluster only when the cluster is updated again", [aks.pool_name(pool), aks.last_segment(subnet)])
}
