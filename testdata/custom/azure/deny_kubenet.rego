# METADATA
# title: Cluster uses kubenet
# description: kubenet is not allowed for new clusters; we run Azure CNI Overlay.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/azure-cni-overlay
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: "Set networkPlugin to azure and networkPluginMode to overlay."
package aksnetlint.rules["deny-kubenet"]

import data.aksnetlint.lib.aks

deny contains {"path": ["properties", "networkProfile", "networkPlugin"], "message": "networkPlugin is kubenet: we run Azure CNI Overlay"} if {
	aks.is_kubenet(input.resource)
}
