# METADATA
# title: Node subnet is smaller than the documents plan
# description: The documents size a subnet of Azure CNI node subnet as (nodes + surge nodes) x (maxPods + 1), which is two addresses per node more than AKS checks. A subnet between the two works, with less room than planned.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning
# schemas:
#   - input: schema.arm
# custom:
#   severity: note
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Plan the subnet with the documented formula where addresses are to spare.
#   since: 0.1.0
#   catalogue: 202
package aksnetlint.rules["subnet-below-documented-size"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.sizing

deny contains {"path": place.path, "resource": place.resource, "message": message, "evidence": evidence} if {
	some id in aks.node_subnet_ids(input)
	sizing.lacks(input, id, "upgrade", "docs")
	not sizing.lacks(input, id, "upgrade", sizing.ip_model)
	subnet := input.deployment.resources[id]
	place := sizing.place(input, id)
	message := sprintf("subnet %s is below the documented size: %s", [aks.name(subnet), sizing.message(input, id, "upgrade", "docs")])
	evidence := sizing.evidence(sizing.demands(input, id), "upgrade", "docs", subnet)
}
