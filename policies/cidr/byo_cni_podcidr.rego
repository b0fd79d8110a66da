# METADATA
# title: Cluster with a CNI plugin of its own names no pod range
# description: With networkPlugin none you install a CNI plugin yourself and AKS does not know the pod range. Give it in podCidr, so that AKS does not masquerade traffic between pods and so that overlaps can be seen.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/use-byo-cni
# schemas:
#   - input: schema.arm
# custom:
#   severity: note
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Set podCidr to the range that the CNI plugin hands out.
#   since: 0.1.0
#   catalogue: 412
package aksnetlint.rules["byo-cni-podcidr"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.ranges

deny contains {"path": ["properties", "networkProfile", "podCidr"], "message": "networkPlugin is none and podCidr is not set: AKS does not know the pod range"} if {
	aks.mode(input.resource) == "none"
	not pod_range_written
}

pod_range_written if {
	some range in ranges.written(input.resource)
	startswith(range.name, "podCidr")
}
