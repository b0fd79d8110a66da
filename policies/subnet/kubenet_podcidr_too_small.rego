# METADATA
# title: Pod range of a kubenet cluster is too small
# description: In kubenet each node gets a /24 of podCidr, 10.244.0.0/16 where it is omitted. Nodes beyond that, surge nodes of an upgrade among them, get no range and stay without pods.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/configure-kubenet
# schemas:
#   - input: schema.arm
# custom:
#   severity: warning
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Give podCidr a shorter prefix, like /16 for 256 nodes, or lower maxCount.
#   since: 0.1.0
#   catalogue: 207
package aksnetlint.rules["kubenet-podcidr-too-small"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.pod_range

deny contains {"path": pod_range.path(input.resource), "message": message, "evidence": evidence} if {
	aks.is_kubenet(input.resource)
	pod_range.lacks(input, "upgrade")
	message := sprintf("podCidr is too small: %s", [pod_range.message(input, "upgrade")])
	evidence := pod_range.evidence(input, "upgrade")
}
