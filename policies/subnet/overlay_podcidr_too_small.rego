# METADATA
# title: Pod range of an overlay cluster is too small
# description: In Azure CNI Overlay each node gets a /24 of podCidr, 10.244.0.0/16 where it is omitted. AKS counts the nodes of all pools, autoscaled ones with maxCount, and refuses the cluster when podCidr has no /24 for each. No address of the range is reserved.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-overlay
#   - ref: https://learn.microsoft.com/azure/aks/azure-cni-overlay-pod-expand
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Give podCidr a shorter prefix, like /16 for 256 nodes, or lower maxCount.
#   since: 0.1.0
#   catalogue: 206
package aksnetlint.rules["overlay-podcidr-too-small"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.pod_range

deny contains {"path": pod_range.path(input.resource), "message": message, "evidence": evidence} if {
	aks.is_overlay(input.resource)
	pod_range.lacks(input, "full")
	message := sprintf("podCidr is too small: %s", [pod_range.message(input, "full")])
	evidence := pod_range.evidence(input, "full")
}
