# METADATA
# description: |
#   What takes addresses of a subnet beside agent pools: resources of the templates, and
#   internal Services. Only what is certain is counted: one address of a private endpoint,
#   the instances that an application gateway has at least.
package aksnetlint.lib.consumers

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.service

# kinds[type]: the resource types with interfaces in subnets, in words.
kinds := {
	"microsoft.network/loadbalancers": "load balancer",
	"microsoft.network/privateendpoints": "private endpoint",
	"microsoft.network/privatelinkservices": "private link service",
	"microsoft.network/networkinterfaces": "network interface",
	"microsoft.network/bastionhosts": "Bastion",
	"microsoft.network/applicationgateways": "application gateway",
	"microsoft.compute/virtualmachinescalesets": "scale set",
}

# resources(context, subnet): the resources in the subnet with that lower-cased id, each
# {"id", "words", "addresses"}, by id.
resources(context, subnet) := [consumer |
	some type, words in kinds
	some id in context.deployment.by_type[type]
	resource := context.deployment.resources[id]
	not is_pool_of_nodes(resource)
	addresses := addresses_of(type, resource, subnet)
	addresses > 0
	consumer := {"id": id, "words": sprintf("%s %s", [words, aks.name(resource)]), "addresses": addresses}
]

# taken(context, subnet): the addresses that these resources take.
taken(context, subnet) := sum([consumer.addresses | some consumer in resources(context, subnet)])

# is_pool_of_nodes(resource): a scale set that AKS made for an agent pool, seen in facts.
is_pool_of_nodes(resource) if {
	aks.is_existing(resource)
	startswith(resource.name, "aks-")
}

addresses_of("microsoft.network/privateendpoints", resource, subnet) := 1 if in_subnet(resource.properties, subnet)

addresses_of("microsoft.network/applicationgateways", resource, subnet) := instances(resource) + private_frontends(resource, subnet) if {
	some configuration in resource.properties.gatewayIPConfigurations
	in_subnet(configuration.properties, subnet)
}

addresses_of("microsoft.compute/virtualmachinescalesets", resource, subnet) := resource.sku.capacity * count([1 |
	some interface in resource.properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations
	some configuration in interface.properties.ipConfigurations
	in_subnet(configuration.properties, subnet)
])

addresses_of("microsoft.network/loadbalancers", resource, subnet) := private_frontends(resource, subnet)

addresses_of(type, resource, subnet) := count([1 |
	some configuration in resource.properties.ipConfigurations
	in_subnet(configuration.properties, subnet)
]) if {
	type in {"microsoft.network/networkinterfaces", "microsoft.network/privatelinkservices", "microsoft.network/bastionhosts"}
}

in_subnet(properties, subnet) if aks.word(properties.subnet.id) == subnet

private_frontends(resource, subnet) := count([1 |
	some frontend in resource.properties.frontendIPConfigurations
	in_subnet(frontend.properties, subnet)
])

# instances(gateway): the fewest instances it has.
instances(gateway) := number if {
	number := gateway.properties.sku.capacity
	is_number(number)
} else := 1

# services(context, subnet): the names of the internal Services whose annotation names the
# subnet, compared as the controller does, in any case.
services(context, subnet) := [service.name(svc) |
	some svc in context.workspace.objects.Service
	service.is_azure_lb(svc)
	service.is_internal(svc)
	lower(service.annotation(svc, "azure-load-balancer-internal-subnet")) == aks.last_segment(subnet)
]
