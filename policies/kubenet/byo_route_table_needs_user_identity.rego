# METADATA
# title: Own route table with a system-assigned identity
# description: A kubenet cluster whose subnet has a route table of your own needs a user-assigned identity, or a service principal, that has a role on the table before the cluster is made. AKS refuses a template with SystemAssigned (CustomRouteTableWithUnsupportedMSIType). Azure CNI clusters take either.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/configure-kubenet
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Use identity type UserAssigned, with Network Contributor on the subnet and the route table.
#   since: 0.1.0
#   catalogue: 301
package aksnetlint.rules["byo-route-table-needs-user-identity"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.routes

deny contains {"path": ["identity", "type"], "message": message} if {
	aks.is_kubenet(input.resource)
	aks.identity_type(input.resource) == "systemassigned"
	not aks.service_principal(input.resource)
	some id in aks.node_subnet_ids(input)
	subnet := input.deployment.resources[id]
	table := aks.route_table_id(subnet)
	not routes.is_managed(table)
	message := sprintf("subnet %s has the route table %s, which a kubenet cluster with a system-assigned identity cannot use", [aks.name(subnet), aks.last_segment(table)])
}
