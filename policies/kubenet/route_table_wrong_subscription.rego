# METADATA
# title: Route table is in another subscription
# description: The route table of a node subnet must be in the subscription of the subnet (CustomRouteTableCannotCrossSubscription).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/configure-kubenet
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Use a route table in the subnet's subscription.
#   since: 0.1.0
#   catalogue: 305
package aksnetlint.rules["route-table-wrong-subscription"]

import data.aksnetlint.lib.aks

deny contains {"path": place.path, "resource": place.resource, "message": message} if {
	some id in aks.node_subnet_ids(input)
	table := aks.route_table_id(input.deployment.resources[id])
	own := aks.subscription_of(id)
	other := aks.subscription_of(table)
	own != other
	aks.differ(input, id, table)
	place := aks.subnet_place(input, id, ["properties", "routeTable", "id"])
	message := sprintf("route table %s is in subscription %s, subnet %s in %s", [aks.last_segment(table), other, aks.last_segment(id), own])
}
