# METADATA
# title: Pod subnet is too small for its pools
# description: In a pod subnet AKS hands addresses to nodes in blocks of 16, and refuses the cluster when the subnet has fewer than 16 addresses for each node. With static block allocation every node keeps enough blocks for maxPods + 1 addresses; AKS accepts a subnet that is too small for that, and nodes stay NotReady when it is full. Static blocks are aligned, and the first and the last of a subnet hold addresses that Azure keeps, so they are not counted on. With static blocks maxPods 15, 31, 47 and so on, one less than a multiple of 16, waste nothing.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/configure-azure-cni-static-block-allocation
#   - ref: https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-pod-subnet
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Give the pod subnet a shorter prefix, or lower maxCount or maxPods; with static blocks set maxPods to one less than a multiple of 16.
#   since: 0.1.0
#   catalogue: 208
package aksnetlint.rules["podsubnet-too-small"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.cidr
import data.aksnetlint.lib.sizing

pod_subnets := {id |
	some pool in aks.pools(input)
	id := aks.pod_subnet_id(pool)
	input.deployment.resources[id]
}

# AKS refuses it.
deny contains finding(id, "full", "pod-check", "error", "is too small") if {
	some id in pod_subnets
	lacks(id, "full", "pod-check")
}

# AKS takes it, and nodes stay NotReady.
deny contains finding(id, "full", "pod-static", "error", "has too few static blocks") if {
	some id in pod_subnets
	is_static(id)
	not lacks(id, "full", "pod-check")
	lacks(id, "full", "pod-static")
}

deny contains finding(id, "upgrade", model(id), "warning", "has no room for an upgrade") if {
	some id in pod_subnets
	not lacks(id, "full", "pod-check")
	not lacks(id, "full", model(id))
	lacks(id, "upgrade", model(id))
}

# Aligned blocks, without the first and the last.
deny contains object.union(
	finding(id, "full", "pod-static", "warning", "has too few static blocks"),
	{"message": message},
) if {
	some id in pod_subnets
	is_static(id)
	not lacks(id, "upgrade", "pod-static")
	prefix := cidr.prefix_length(sizing.range(input.deployment.resources[id]).cidr)
	blocks := max([0, (cidr.size(prefix) / sizing.pod_block) - 2])
	needed := sizing.addresses(sizing.pod_demands(input, id), "full", "pod-static") / sizing.pod_block
	needed > blocks
	message := sprintf("subnet %s has %v blocks of %v addresses without the first and the last, the pools take %v: %s", [
		aks.name(input.deployment.resources[id]), blocks, sizing.pod_block, needed,
		sizing.sum_words(sizing.pod_demands(input, id), "full", "pod-static"),
	])
}

is_static(id) if {
	some demand in sizing.pod_demands(input, id)
	demand.mode == "pod-subnet-static"
}

model(id) := "pod-static" if {
	is_static(id)
} else := "pod-check"

lacks(id, stage, model_name) if {
	sizing.addresses(sizing.pod_demands(input, id), stage, model_name) > sizing.capacity(input.deployment.resources[id])
}

finding(id, stage, model_name, severity, words) := {
	"path": place.path,
	"resource": place.resource,
	"severity": severity,
	"message": sprintf("pod subnet %s %s: %s; %s; %s", [
		aks.name(subnet), words, sizing.sum_words(list, stage, model_name),
		sizing.capacity_words(subnet, 0), sizing.would_do(sizing.addresses(list, stage, model_name)),
	]),
	"evidence": sizing.evidence(list, stage, model_name, subnet),
} if {
	subnet := input.deployment.resources[id]
	list := sizing.pod_demands(input, id)
	place := sizing.place(input, id)
}
