# METADATA
# title: Fifty pods per node would not fit into the subnet
# description: The check CKV_AZURE_168 of checkov asks for maxPods 50 or more. In Azure CNI node subnet that costs 49 addresses per node, and the subnet of these pools does not have them. The two demands contradict each other, so one is to be dropped knowingly.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning
#   - ref: https://www.checkov.io/5.Policy%20Index/arm.html
# schemas:
#   - input: schema.arm
# custom:
#   severity: note
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Skip CKV_AZURE_168 with this reason, enlarge the subnet, or use Azure CNI Overlay.
#   since: 0.1.0
#   catalogue: 205
package aksnetlint.rules["maxpods-checkov-conflict"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.consumers
import data.aksnetlint.lib.sizing

# maxPods that CKV_AZURE_168 asks for.
checkov_max_pods := 50

deny contains {"path": place.path, "resource": place.resource, "message": message} if {
	some id in aks.node_subnet_ids(input)
	subnet := input.deployment.resources[id]
	demands := sizing.demands(input, id)
	is_below(demands)
	not sizing.lacks(input, id, "full", "rp")
	raised := [raise(demand) | some demand in demands]
	needed := sizing.addresses(raised, "full", "rp") + consumers.taken(input, id)
	needed > sizing.capacity(subnet)
	place := sizing.place(input, id)
	message := sprintf("with maxPods %v, which CKV_AZURE_168 asks for, subnet %s would be too small: %s; %s", [
		checkov_max_pods, aks.name(subnet),
		sizing.sum_words(raised, "full", "rp"), sizing.capacity_words(subnet, consumers.taken(input, id)),
	])
}

# Where every pool has as many pods already, nothing is raised.
is_below(demands) if {
	some demand in demands
	demand.max_pods < checkov_max_pods
}

raise(demand) := object.union(demand, {"max_pods": max([demand.max_pods, checkov_max_pods])})
