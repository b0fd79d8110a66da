# METADATA
# description: |
#   Role assignments of the templates. To whom a role is assigned is rarely known before
#   deployment, so only what it is and where it holds is looked at.
package aksnetlint.lib.roles

import data.aksnetlint.lib.aks

# Built-in roles that may join subnets and write to route tables
# (https://learn.microsoft.com/azure/role-based-access-control/built-in-roles).
network_roles := {
	"4d97b98b-1d4f-4787-a291-c67834d212e7", # Network Contributor
	"b24988ac-6180-42a0-ab88-20f7382dd24c", # Contributor
	"8e3af657-a8ff-443c-a75c-2fe8c4bcb635", # Owner
}

# Other built-in roles, which may not. Custom roles have ids of their own and count.
other_roles := {
	"acdd72a7-3385-48ef-bd42-f606fba81ae7", # Reader
	"7f951dda-4ed3-4680-a7ca-43fe172d538d", # AcrPull
	"f1a07417-d97a-45cb-824c-7a7467783830", # Managed Identity Operator
	"3913510d-42f4-4e42-8a64-420c390055eb", # Monitoring Metrics Publisher
	"4633458b-17de-408a-b874-0445c86b69e6", # Key Vault Secrets User
	"b12aa53e-6015-4669-85d0-8515ebb3ae7f", # Private DNS Zone Contributor
}

# network_role_on(context, id): some assignment gives a role that may write to the network
# resource with that lower-cased id, on it or on what it is in.
network_role_on(context, id) if {
	some type in ["microsoft.authorization/roleassignments", "microsoft.network/virtualnetworks/providers/roleassignments", "microsoft.network/virtualnetworks/subnets/providers/roleassignments", "microsoft.network/routetables/providers/roleassignments"]
	some assignment_id in context.deployment.by_type[type]
	scope := split(assignment_id, "/providers/microsoft.authorization/")[0]
	covers(scope, id)
	is_network_role(context.deployment.resources[assignment_id])
}

covers(scope, id) if scope == id

covers(scope, id) if startswith(id, concat("", [scope, "/"]))

is_network_role(assignment) if not aks.last_segment(lower(assignment.properties.roleDefinitionId)) in other_roles
