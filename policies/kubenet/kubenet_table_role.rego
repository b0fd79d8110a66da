# METADATA
# title: No role on the route table of a kubenet cluster
# description: AKS writes the routes of a kubenet cluster into your route table as the cluster's identity, which needs Network Contributor on the table and on the subnet (CustomRouteTableMissingPermission). The templates assign no such role to anybody; it may be assigned elsewhere.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/configure-kubenet
#   - ref: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
# schemas:
#   - input: schema.arm
# custom:
#   severity: warning
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Assign Network Contributor on the subnet and the route table to the cluster's identity, in the template and before the cluster.
#   since: 0.1.0
#   catalogue: 307
package aksnetlint.rules["kubenet-table-role"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.roles
import data.aksnetlint.lib.routes

deny contains {"path": ["properties", "networkProfile", "networkPlugin"], "message": message} if {
	aks.is_kubenet(input.resource)
	some id in aks.node_subnet_ids(input)
	table := aks.route_table_id(input.deployment.resources[id])
	not routes.is_managed(table)
	not aks.is_existing(input.deployment.resources[table])
	missing := [aks.last_segment(scope) |
		some scope in [id, table]
		not roles.network_role_on(input, scope)
	]
	count(missing) > 0
	message := sprintf("no role assignment of the templates lets the kubenet cluster write to %s", [concat(" and ", missing)])
}
