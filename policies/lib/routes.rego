# METADATA
# description: |
#   Route tables and their routes, inline or as resources of their own.
package aksnetlint.lib.routes

import data.aksnetlint.lib.aks

# Routes that a table holds (https://learn.microsoft.com/azure/aks/configure-kubenet).
max_routes := 400

route_type := "microsoft.network/routetables/routes"

# of_table(context, id): ids of the routes of the table with that lower-cased id.
of_table(context, id) := {route |
	some route in context.deployment.by_type[route_type]
	startswith(route, concat("", [id, "/routes/"]))
}

# of_subnet(context, id): ids of the routes of the subnet's table, none where it has none.
of_subnet(context, id) := {route |
	table := aks.route_table_id(context.deployment.resources[id])
	some route in of_table(context, table)
}

# is_managed(id): the table that AKS made itself, seen in facts.
is_managed(id) if regex.match(`^aks-agentpool-\d+-routetable$`, aks.last_segment(id))
