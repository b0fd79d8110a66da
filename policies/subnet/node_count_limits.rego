# METADATA
# title: More nodes than the network mode takes
# description: kubenet adds a route for each node, surge nodes included, to a route table that holds 400 routes, custom ones among them. Azure CNI Overlay takes 5000 nodes, a pool 1000. Azure NPM (networkPolicy azure) is not made for more than 250 nodes, which is a warning.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/configure-kubenet
#   - ref: https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-overlay
#   - ref: https://learn.microsoft.com/azure/aks/use-network-policies
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Lower maxCount, split the cluster, or use Azure CNI Overlay with Cilium.
#   since: 0.1.0
#   catalogue: 211
package aksnetlint.rules["node-count-limits"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.policy_matrix
import data.aksnetlint.lib.routes
import data.aksnetlint.lib.sizing

# Bounds of the documents, for kubenet and overlay; of the API specification, for a pool.
overlay_nodes := 5000

pool_nodes := 1000

npm_nodes := 250

capacity := sum([aks.capacity(pool) | some pool in aks.pools(input)])

surge := sum([aks.surge(pool, input.resource) | some pool in aks.pools(input)])

# The pool with the most nodes is where to begin.
largest := max({[aks.capacity(pool), id] | some id, pool in aks.pools(input)})[1]

path(id) := ["properties", sizing.scale_property(input.deployment.resources[id])]

deny contains {"path": path(largest), "resource": largest, "message": message} if {
	aks.is_kubenet(input.resource)
	capacity > routes.max_routes
	message := sprintf("kubenet needs a route for each of %v nodes, a route table holds %v", [capacity, routes.max_routes])
}

deny contains {"path": path(largest), "resource": largest, "message": message, "severity": "warning"} if {
	aks.is_kubenet(input.resource)
	capacity <= routes.max_routes
	custom := count({route | some id in aks.node_subnet_ids(input); some route in routes.of_subnet(input, id)})
	(capacity + surge) + custom > routes.max_routes
	message := sprintf("an upgrade needs %v routes for nodes + %v for surge nodes + %v of your own, a route table holds %v", [capacity, surge, custom, routes.max_routes])
}

deny contains {"path": path(largest), "resource": largest, "message": message} if {
	aks.is_overlay(input.resource)
	capacity > overlay_nodes
	message := sprintf("the pools can have %v nodes, Azure CNI Overlay takes %v", [capacity, overlay_nodes])
}

deny contains {"path": path(id), "resource": id, "message": message} if {
	some id, pool in aks.pools(input)
	aks.capacity(pool) > pool_nodes
	message := sprintf("pool %s can have %v nodes, a pool takes %v", [aks.pool_name(pool), aks.capacity(pool), pool_nodes])
}

deny contains {"path": path(largest), "resource": largest, "message": message, "severity": "warning"} if {
	policy_matrix.engine(input.resource) == "azure"
	capacity > npm_nodes
	message := sprintf("the pools can have %v nodes, Azure NPM (networkPolicy azure) is made for %v", [capacity, npm_nodes])
}
