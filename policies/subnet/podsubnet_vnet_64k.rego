# METADATA
# title: More dynamic pod addresses than a virtual network has
# description: A virtual network holds 65536 addresses of single pods. Pools with dynamic allocation in pod subnets of one network that can grow beyond that do not get addresses for all pods; static blocks count as one address each.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/configure-azure-cni-static-block-allocation
# schemas:
#   - input: schema.arm
# custom:
#   severity: warning
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Set podIPAllocationMode StaticBlock on the pools, or lower maxCount or maxPods.
#   since: 0.1.0
#   catalogue: 210
package aksnetlint.rules["podsubnet-vnet-64k"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.sizing

dynamic_pools := {id: pool |
	some id, pool in aks.pools(input)
	aks.pool_mode(input.resource, pool) == "pod-subnet-dynamic"
}

pods(pool) := aks.capacity(pool) * aks.max_pods(input.resource, pool)

deny contains {"path": ["properties", "podSubnetID"], "resource": largest, "message": message, "evidence": evidence} if {
	vnets := {aks.subnet_vnet_id(aks.pod_subnet_id(pool)) | some pool in dynamic_pools}
	some vnet in vnets
	counts := [[pods(pool), id] |
		some id, pool in dynamic_pools
		aks.subnet_vnet_id(aks.pod_subnet_id(pool)) == vnet
	]
	total := sum([number | some [number, _] in counts])
	total > sizing.vnet_addresses
	largest := max(counts)[1]
	message := sprintf("the pods of the pools in virtual network %s can take %v addresses, dynamic allocation has %v in a network", [aks.last_segment(vnet), total, sizing.vnet_addresses])
	evidence := [sprintf("%s %v x %v = %v", [aks.pool_name(pool), aks.capacity(pool), aks.max_pods(input.resource, pool), number]) |
		some [number, id] in counts
		pool := dynamic_pools[id]
	]
}
