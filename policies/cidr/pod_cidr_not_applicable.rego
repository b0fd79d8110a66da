# METADATA
# title: Pod range is given where pods take addresses of a subnet
# description: With networkPlugin azure and without networkPluginMode overlay, pods get addresses of the node subnet or of a pod subnet. A podCidr was refused there in the past and has no effect. Dual stack with statically allocated blocks, where the IPv6 pod range had to be given, and networkPlugin none are fine.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/concepts-network-cni-overview
# schemas:
#   - input: schema.arm
# custom:
#   severity: warning
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Remove podCidr, or set networkPluginMode to overlay if pods shall have addresses of their own.
#   since: 0.1.0
#   catalogue: 409
package aksnetlint.rules["pod-cidr-not-applicable"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.policy_matrix
import data.aksnetlint.lib.ranges

deny contains {"path": range.path, "message": message} if {
	ranges.pods_in_subnet(input.resource)
	not static_dual_stack
	some range in ranges.written(input.resource)
	startswith(range.name, "podCidr")
	message := sprintf("%s %s has no effect in %s: pods take addresses of a subnet", [range.name, range.cidr, policy_matrix.mode_words[aks.mode(input.resource)]])
}

static_dual_stack if {
	aks.mode(input.resource) == "pod-subnet-static"
	ranges.dual_stack(input.resource)
}
