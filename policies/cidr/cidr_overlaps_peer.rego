# METADATA
# title: Pod or service range overlaps a connected network
# description: A virtual network that is peered with the cluster's, or a range on the premises (setting onprem_cidrs), overlaps the pod or the service range. AKS does not refuse that, but from inside the cluster the overlapping addresses of the other network cannot be reached. The pod range counts only in kubenet and Azure CNI Overlay.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/concepts-network-cni-overview
#   - ref: https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-overlay
# schemas:
#   - input: schema.arm
# custom:
#   severity: warning
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Choose ranges that do not overlap any connected network.
#   since: 0.1.0
#   catalogue: 404
package aksnetlint.rules["cidr-overlaps-peer"]

import data.aksnetlint.lib.cidr
import data.aksnetlint.lib.ranges

deny contains {"path": range.path, "message": message, "evidence": evidence} if {
	some what, range in in_effect
	some other in (ranges.peer_spaces(input) | onprem)
	cidr.overlaps(range.cidr, other.cidr)
	message := sprintf("%s %s overlaps %s of %s: from inside the cluster its addresses there cannot be reached", [what, range.cidr, other.cidr, other.name])
	evidence := [ranges.overlap_evidence(range.cidr, other.cidr)]
}

in_effect["service range"] := ranges.service(input.resource)

in_effect["pod range"] := ranges.pod(input.resource)

onprem := {{"name": "the network on the premises", "cidr": prefix} | some prefix in data.settings.onprem_cidrs}
