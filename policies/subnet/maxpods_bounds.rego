# METADATA
# title: maxPods is out of bounds
# description: A node takes 10 to 250 pods, and each pool must have room for 30 pods in all, so that the pods of the system fit (InsufficientMaxPods, MaxPodsLimitExceeded, InsufficientAgentPoolMaxPodsPerAgentPool). For an autoscaled pool the nodes at minCount are looked at, as a warning.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters/agentPools]
#   remediation: Set maxPods between 10 and 250, and so that maxPods times the number of nodes is 30 or more.
#   since: 0.1.0
#   catalogue: 204
package aksnetlint.rules["maxpods-bounds"]

import data.aksnetlint.lib.aks

pool := input.resource

max_pods := pool.properties.maxPods if is_number(pool.properties.maxPods)

path := ["properties", "maxPods"]

deny contains {"path": path, "message": message} if {
	max_pods < aks.min_max_pods
	message := sprintf("maxPods of pool %s is %v, AKS takes %v at least", [aks.pool_name(pool), max_pods, aks.min_max_pods])
}

deny contains {"path": path, "message": message} if {
	max_pods > aks.max_max_pods
	message := sprintf("maxPods of pool %s is %v, AKS takes %v at most", [aks.pool_name(pool), max_pods, aks.max_max_pods])
}

deny contains {"path": path, "message": message, "evidence": [evidence(nodes)]} if {
	not aks.autoscaled(pool)
	nodes := aks.node_count(pool)
	has_too_little_room(nodes)
	message := sprintf("pool %s has room for %v x %v = %v pods, AKS asks for %v at least", [aks.pool_name(pool), nodes, max_pods, nodes * max_pods, aks.min_pods_per_pool])
}

deny contains {"path": path, "message": message, "evidence": [evidence(nodes)], "severity": "warning"} if {
	aks.autoscaled(pool)
	nodes := pool.properties.minCount
	has_too_little_room(nodes)
	message := sprintf("pool %s has room for %v x %v = %v pods at minCount, AKS asks for %v at least", [aks.pool_name(pool), nodes, max_pods, nodes * max_pods, aks.min_pods_per_pool])
}

has_too_little_room(nodes) if {
	max_pods >= aks.min_max_pods
	nodes > 0
	nodes * max_pods < aks.min_pods_per_pool
}

evidence(nodes) := sprintf("%v nodes x %v pods = %v", [nodes, max_pods, nodes * max_pods])
