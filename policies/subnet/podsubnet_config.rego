# METADATA
# title: Pod subnet does not fit the cluster
# description: A pod subnet (podSubnetID) works with networkPlugin azure only, and must be another subnet of the same virtual network than the nodes', /12 or smaller. podIPAllocationMode means nothing without one. Pools that share a pod subnet must all allocate in the same mode, and static blocks need Kubernetes 1.28. AKS refuses what does not fit.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-pod-subnet
#   - ref: https://learn.microsoft.com/azure/aks/configure-azure-cni-static-block-allocation
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Give pods a subnet of their own in the nodes' virtual network, with networkPlugin azure and without overlay, and one allocation mode for each pod subnet.
#   since: 0.1.0
#   catalogue: 209
package aksnetlint.rules["podsubnet-config"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.cidr
import data.aksnetlint.lib.sizing

# Bounds of the documents.
static_block_since := "1.28"

shortest_prefix := 12

pod_subnet_path := ["properties", "podSubnetID"]

mode_path := ["properties", "podIPAllocationMode"]

allocation_mode(pool) := mode if {
	mode := aks.word(pool.properties.podIPAllocationMode)
} else := "dynamicindividual"

# Overlay with a pod subnet is plugin-mode's.
deny contains {"path": pod_subnet_path, "resource": id, "message": message} if {
	plugin := aks.plugin(input.resource)
	plugin != "azure"
	some id, pool in aks.pools(input)
	aks.pod_subnet_id(pool)
	message := sprintf("pool %s has a pod subnet, which needs networkPlugin azure, not %s", [aks.pool_name(pool), plugin])
}

deny contains {"path": mode_path, "resource": id, "message": message} if {
	some id, pool in aks.pools(input)
	mode := aks.text(pool.properties.podIPAllocationMode)
	not aks.pod_subnet_id(pool)
	message := sprintf("pool %s sets podIPAllocationMode %s without a pod subnet", [aks.pool_name(pool), mode])
}

deny contains {"path": pod_subnet_path, "resource": id, "message": message} if {
	some id, pool in aks.pools(input)
	aks.pod_subnet_id(pool) == aks.node_subnet_id(pool)
	message := sprintf("pool %s has its nodes and its pods in the same subnet %s", [aks.pool_name(pool), aks.last_segment(aks.pod_subnet_id(pool))])
}

deny contains {"path": pod_subnet_path, "resource": id, "message": message} if {
	some id, pool in aks.pools(input)
	nodes := aks.subnet_vnet_id(aks.node_subnet_id(pool))
	pods := aks.subnet_vnet_id(aks.pod_subnet_id(pool))
	aks.differ(input, nodes, pods)
	message := sprintf("the pod subnet of pool %s is in virtual network %s, its nodes are in %s", [aks.pool_name(pool), aks.last_segment(pods), aks.last_segment(nodes)])
}

deny contains {"path": mode_path, "resource": id, "message": message} if {
	some id, pool in aks.pools(input)
	subnet := aks.pod_subnet_id(pool)
	allocation_mode(pool) == "staticblock"
	some other in aks.pools(input)
	aks.pod_subnet_id(other) == subnet
	allocation_mode(other) != "staticblock"
	message := sprintf("pool %s takes static blocks of pod subnet %s, pool %s single addresses: a subnet has one allocation mode", [
		aks.pool_name(pool), aks.last_segment(subnet), aks.pool_name(other),
	])
}

deny contains {"path": mode_path, "resource": id, "message": message} if {
	aks.before_version(input.resource, static_block_since)
	some id, pool in aks.pools(input)
	aks.pod_subnet_id(pool)
	allocation_mode(pool) == "staticblock"
	message := sprintf("pool %s takes static blocks, which need Kubernetes %s, the cluster has %s", [aks.pool_name(pool), static_block_since, aks.kubernetes_version(input.resource)])
}

deny contains {"path": range.path, "resource": id, "message": message} if {
	some pool in aks.pools(input)
	id := aks.pod_subnet_id(pool)
	subnet := aks.pod_subnet(input, pool)
	range := sizing.range(subnet)
	cidr.prefix_length(range.cidr) < shortest_prefix
	message := sprintf("pod subnet %s is %s, AKS takes /%v at most", [aks.name(subnet), range.cidr, shortest_prefix])
}
