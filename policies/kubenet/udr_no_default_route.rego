# METADATA
# title: Route table has no usable default route
# description: With outboundType userDefinedRouting the table of the node subnet must send 0.0.0.0/0 to a virtual appliance or a virtual network gateway (RouteTableMissingDefaultRouteError, RouteTableInvalidNextHop). Where the table lets a gateway propagate routes, or lists none, the default route may come from elsewhere, which makes it a warning. A dual-stack cluster also wants ::/0.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/egress-udr
#   - ref: https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Add a route for 0.0.0.0/0 with nextHopType VirtualAppliance and the firewall's nextHopIpAddress, or VirtualNetworkGateway.
#   since: 0.1.0
#   catalogue: 303
package aksnetlint.rules["udr-no-default-route"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.outbound
import data.aksnetlint.lib.routes

next_hops := {"virtualappliance", "virtualnetworkgateway"}

# The tables of the node subnets that are among the resources.
tables := {id |
	outbound.type(input.resource) == "userdefinedrouting"
	some subnet in aks.node_subnet_ids(input)
	id := aks.route_table_id(input.deployment.resources[subnet])
	input.deployment.resources[id].properties
}

default_routes(table, prefix) := {id |
	some id in routes.of_table(input, table)
	aks.text(input.deployment.resources[id].properties.addressPrefix) == prefix
}

deny contains {"path": ["properties", "routes"], "resource": id, "message": message, "severity": severity(table)} if {
	some id in tables
	table := input.deployment.resources[id]
	count(default_routes(id, "0.0.0.0/0")) == 0
	message := sprintf("route table %s has no route for 0.0.0.0/0, and outboundType is userDefinedRouting", [aks.name(table)])
}

# A gateway may propagate a default route, and a table without routes may get them elsewhere.
severity(table) := "error" if {
	table.properties.disableBgpRoutePropagation == true
	count(table.properties.routes) > 0
} else := "warning"

deny contains {"path": ["properties", "nextHopType"], "resource": id, "message": message} if {
	some table in tables
	some id in default_routes(table, "0.0.0.0/0")
	route := input.deployment.resources[id]
	not aks.word(route.properties.nextHopType) in next_hops
	message := sprintf("the default route %s goes to %s, AKS takes VirtualAppliance or VirtualNetworkGateway", [aks.name(route), route.properties.nextHopType])
}

deny contains {"path": ["properties", "nextHopIpAddress"], "resource": id, "message": message} if {
	some table in tables
	some id in default_routes(table, "0.0.0.0/0")
	route := input.deployment.resources[id]
	aks.word(route.properties.nextHopType) == "virtualappliance"
	not has_next_hop(route)
	message := sprintf("the default route %s goes to a virtual appliance without nextHopIpAddress", [aks.name(route)])
}

has_next_hop(route) if aks.text(route.properties.nextHopIpAddress)

deny contains {"path": ["properties", "routes"], "resource": id, "message": message, "severity": "warning"} if {
	some id in tables
	some family in input.resource.properties.networkProfile.ipFamilies
	aks.word(family) == "ipv6"
	count(default_routes(id, "::/0")) == 0
	message := sprintf("route table %s has no route for ::/0, and the cluster is dual-stack", [aks.last_segment(id)])
}
