# METADATA
# title: Node subnet is shared with other resources
# description: Load balancer frontends, internal Services, private endpoints, network interfaces and other clusters in the subnet of the nodes take addresses that scaling and upgrades need. What the templates hold is counted by subnet-too-small and subnet-no-room-to-upgrade.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning
#   - ref: https://learn.microsoft.com/azure/aks/internal-lb
# schemas:
#   - input: schema.arm
# custom:
#   severity: note
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Put frontends, endpoints and other clusters into subnets of their own.
#   since: 0.1.0
#   catalogue: 203
package aksnetlint.rules["subnet-shares-with-others"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.consumers
import data.aksnetlint.lib.sizing

deny contains {"path": place.path, "resource": place.resource, "message": message} if {
	some id in aks.node_subnet_ids(input)
	subnet := input.deployment.resources[id]
	users := array.concat(array.concat(resources(id), services(id)), clusters(id))
	count(users) > 0
	place := sizing.place(input, id)
	message := sprintf("subnet %s of the agent pools is shared with %s", [aks.name(subnet), concat(", ", users)])
}

resources(id) := [sprintf("%s (%v)", [consumer.words, consumer.addresses]) | some consumer in consumers.resources(input, id)]

services(id) := [sprintf("internal Service %s (1)", [name]) | some name in consumers.services(input, id)]

clusters(id) := [words |
	names := {demand.cluster_name |
		some demand in sizing.demands(input, id)
		demand.cluster != lower(input.resource.id)
	}
	some name in sort(names)
	words := sprintf("cluster %s", [name])
]
