# METADATA
# description: |
#   Whether podCidr has a /24 for each node, in kubenet and Azure CNI Overlay
#   (https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-overlay,
#   https://learn.microsoft.com/azure/aks/configure-kubenet).
package aksnetlint.lib.pod_range

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.cidr
import data.aksnetlint.lib.ranges
import data.aksnetlint.lib.sizing

# path(cluster): where the range is written, or would be.
path(cluster) := ranges.pod(cluster).path

# demands(context): the cluster's pools in numbers.
demands(context) := [sizing.demand(context, id) | some id, _ in aks.pools(context)]

size(context) := cidr.size(cidr.prefix_length(range)) if {
	range := ranges.pod(context.resource).cidr
	cidr.is_ipv4(range)
}

# lacks(context, stage): the nodes at that stage take more than the range has.
lacks(context, stage) if sizing.addresses(demands(context), stage, "pod-range") > size(context)

# message(context, stage): the sum, what the range has, and what would do.
message(context, stage) := sprintf("%s; %s has %v; /%v would do", [
	sizing.sum_words(list, stage, "pod-range"),
	ranges.pod(context.resource).cidr,
	size(context),
	cidr.smallest_range(sizing.addresses(list, stage, "pod-range")),
]) if {
	list := demands(context)
}

# evidence(context, stage): the arithmetic, one step a line.
evidence(context, stage) := array.concat(sizing.steps(demands(context), stage, "pod-range"), [
	sprintf("sum = %v", [sizing.addresses(demands(context), stage, "pod-range")]),
	sprintf("%s: 2^%v = %v addresses", [ranges.pod(context.resource).cidr, 32 - cidr.prefix_length(ranges.pod(context.resource).cidr), size(context)]),
])
