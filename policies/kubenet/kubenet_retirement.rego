# METADATA
# title: kubenet is retired
# description: AKS supports kubenet until 2028-03-31. The way out is Azure CNI Overlay, in place with az aks update --network-plugin-mode overlay, optionally with --pod-cidr. It needs Kubernetes 1.27 and no network policy engine, cannot be undone, and a cluster with a route table of its own needs a user-assigned identity, so that the table can be detached. The date is compared with the setting as_of; from then on this is an error.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/configure-kubenet
#   - ref: https://learn.microsoft.com/azure/aks/update-azure-cni
# schemas:
#   - input: schema.arm
# custom:
#   severity: warning
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Plan the move to Azure CNI Overlay, or set networkPlugin azure and networkPluginMode overlay in new clusters.
#   since: 0.1.0
#   catalogue: 309
package aksnetlint.rules["kubenet-retirement"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.retirements

deny contains {"path": ["properties", "networkProfile", "networkPlugin"], "message": message, "severity": severity} if {
	aks.is_kubenet(input.resource)
	severity := retirements.severity("kubenet", "warning", "error")
	message := sprintf("support of kubenet %s: move to Azure CNI Overlay with az aks update --network-plugin-mode overlay (Kubernetes 1.27 or later, no network policy engine, no way back)", [retirements.phrase("kubenet")])
}
