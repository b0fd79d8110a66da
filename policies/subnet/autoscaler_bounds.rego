# METADATA
# title: Bounds of the cluster autoscaler do not fit
# description: An autoscaled pool needs minCount and maxCount, minCount at most maxCount, count between them, and in a system pool minCount 1 at least. AKS refuses the pool otherwise.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/cluster-autoscaler
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters/agentPools]
#   remediation: Set minCount, count and maxCount so that minCount <= count <= maxCount, with minCount 1 or more in a system pool.
#   since: 0.1.0
#   catalogue: 216
package aksnetlint.rules["autoscaler-bounds"]

import data.aksnetlint.lib.aks

pool := input.resource

name := aks.pool_name(pool)

lowest := pool.properties.minCount if is_number(pool.properties.minCount)

highest := pool.properties.maxCount if is_number(pool.properties.maxCount)

is_scaled if {
	aks.autoscaled(pool)
	not aks.is_machines(pool)
}

deny contains {"path": ["properties", bound], "message": message} if {
	is_scaled
	some bound in ["minCount", "maxCount"]
	not aks.number_given(pool, bound)
	message := sprintf("pool %s has enableAutoScaling without %s", [name, bound])
}

deny contains {"path": ["properties", "minCount"], "message": message} if {
	is_scaled
	lowest > highest
	message := sprintf("minCount %v of pool %s is more than maxCount %v", [lowest, name, highest])
}

deny contains {"path": ["properties", "count"], "message": message} if {
	is_scaled
	nodes := pool.properties.count
	is_number(nodes)
	nodes < lowest
	lowest <= highest
	message := sprintf("count %v of pool %s is less than minCount %v", [nodes, name, lowest])
}

deny contains {"path": ["properties", "count"], "message": message} if {
	is_scaled
	nodes := pool.properties.count
	is_number(nodes)
	nodes > highest
	lowest <= highest
	message := sprintf("count %v of pool %s is more than maxCount %v", [nodes, name, highest])
}

deny contains {"path": ["properties", "minCount"], "message": message} if {
	is_scaled
	aks.is_system(pool)
	lowest < 1
	message := sprintf("minCount of system pool %s is %v, AKS takes 1 at least", [name, lowest])
}
