# METADATA
# title: Node subnet is too small for its pools
# description: AKS adds up the addresses of all agent pools in a subnet, autoscaled pools with maxCount, and refuses the cluster when the subnet has fewer (InsufficientSubnetSize). In Azure CNI node subnet a node takes maxPods - 1 addresses, as the resource provider counts since 2022; in kubenet, Azure CNI Overlay, pod subnets and with networkPlugin none it takes one. Azure keeps five addresses of every subnet. Other resources of the templates in the subnet and other clusters that share it count too. With the setting ip_model docs a node counts maxPods + 1, which is what the documents plan with.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning
#   - ref: https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/error-codes/insufficientsubnetsize-error-advanced-networking
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Give the subnet a shorter prefix, lower maxPods (not below 10) or maxCount, or use Azure CNI Overlay, where a node takes one address.
#   since: 0.1.0
#   catalogue: 200
package aksnetlint.rules["subnet-too-small"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.sizing

deny contains {"path": place.path, "resource": place.resource, "message": message, "evidence": evidence} if {
	some id in aks.node_subnet_ids(input)
	sizing.lacks(input, id, "full", sizing.ip_model)
	subnet := input.deployment.resources[id]
	place := sizing.place(input, id)
	message := sprintf("subnet %s is too small: %s", [aks.name(subnet), sizing.message(input, id, "full", sizing.ip_model)])
	evidence := sizing.evidence(sizing.demands(input, id), "full", sizing.ip_model, subnet)
}
