# METADATA
# title: Gateway subnet lacks the route table of the kubenet cluster
# description: The application gateway ingress controller sends traffic straight to pods. With kubenet the gateway finds them only by the routes of the cluster, so the gateway's subnet needs the same route table as the nodes'. Azure CNI Overlay needs none.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/application-gateway/ingress-controller-overview
#   - ref: https://learn.microsoft.com/azure/aks/configure-kubenet
# schemas:
#   - input: schema.arm
# custom:
#   severity: warning
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Associate the cluster's route table with the gateway's subnet, or use Azure CNI Overlay.
#   since: 0.1.0
#   catalogue: 312
package aksnetlint.rules["agic-kubenet-gateway-subnet"]

import data.aksnetlint.lib.aks

gateway_type := "microsoft.network/applicationgateways"

has_agic if {
	aks.is_kubenet(input.resource)
	some name, addon in input.resource.properties.addonProfiles
	lower(name) == "ingressapplicationgateway"
	addon.enabled == true
}

# Subnets of v2 gateways in the networks of the nodes.
gateway_subnets := {id |
	has_agic
	vnets := {aks.subnet_vnet_id(id) | some id in aks.node_subnet_ids(input)}
	some gateway_id in input.deployment.by_type[gateway_type]
	gateway := input.deployment.resources[gateway_id]
	endswith(aks.word(gateway.properties.sku.tier), "_v2")
	some configuration in gateway.properties.gatewayIPConfigurations
	id := aks.word(configuration.properties.subnet.id)
	aks.subnet_vnet_id(id) in vnets
}

node_tables := {aks.route_table_id(input.deployment.resources[id]) | some id in aks.node_subnet_ids(input)}

deny contains {"path": ["properties", "routeTable"], "resource": id, "message": message} if {
	some id in gateway_subnets
	subnet := input.deployment.resources[id]
	not aks.is_existing(subnet)
	not has_node_table(subnet)
	message := sprintf("subnet %s of the application gateway does not have the route table of the kubenet nodes, so the gateway does not reach pods", [aks.name(subnet)])
}

has_node_table(subnet) if aks.route_table_id(subnet) in node_tables
