# METADATA
# description: |
#   Where the frontend of a Service stands in the network of its cluster. Source:
#   pkg/provider/azure_loadbalancer.go of kubernetes-sigs/cloud-provider-azure: the
#   controller looks for a named subnet in the cluster's virtual network only, and takes a
#   subnet of the nodes where none is named. A context is {"resource", "deployment"}, as in
#   input.workspace.cluster.
package aksnetlint.lib.join

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.cidr
import data.aksnetlint.lib.consumers
import data.aksnetlint.lib.exposure
import data.aksnetlint.lib.ranges
import data.aksnetlint.lib.service

# The annotation that names the subnet of an internal frontend.
subnet_key := "azure-load-balancer-internal-subnet"

# Subnets whose names Azure keeps for services of its own
# (https://learn.microsoft.com/azure/virtual-network/virtual-network-for-azure-services).
azure_subnets := {
	"azurebastionsubnet": "Azure Bastion",
	"azurefirewallsubnet": "Azure Firewall",
	"azurefirewallmanagementsubnet": "Azure Firewall",
	"gatewaysubnet": "virtual network gateways",
	"routeserversubnet": "Azure Route Server",
}

# gets_private_frontend(svc): the controller makes a private frontend for it.
gets_private_frontend(svc) if {
	service.is_azure_lb(svc)
	service.is_internal(svc)
}

# named(svc): the subnet that an internal Service names; undefined where it names none, or
# where the value can be no name.
named(svc) := name if {
	gets_private_frontend(svc)
	name := service.annotation(svc, subnet_key)
	is_name(name)
}

# is_name(value): the value can be the name of a subnet.
is_name(value) if {
	value != ""
	value == trim_space(value)
	not contains(value, "/")
	not exposure.placeholder(value)
}

# subnet_ids(context, svc): lower-cased ids of the subnets that the internal frontend may be
# in: the one that is named, else those of the nodes.
subnet_ids(context, svc) := ids_of(context, named(svc))

subnet_ids(context, svc) := aks.node_subnet_ids(context) if {
	gets_private_frontend(svc)
	names_none(svc)
}

names_none(svc) if not service.has_annotation(svc, subnet_key)

names_none(svc) if trim_space(service.annotation(svc, subnet_key)) == ""

# ids_of(context, name): the ids that a subnet of that name has in the cluster's networks.
ids_of(context, name) := {id |
	some vnet in ranges.vnets(context)
	id := concat("/subnets/", [vnet, lower(name)])
}

# sized(context, id): the address ranges of the subnet are known.
sized(context, id) if {
	prefixes := aks.subnet_ranges(context.deployment.resources[id])
	count(prefixes) > 0
	every prefix in prefixes { cidr.valid(prefix) }
}

# holds(context, id, ip): the address is in the subnet.
holds(context, id, ip) if {
	some prefix in aks.subnet_ranges(context.deployment.resources[id])
	cidr.covers(prefix, service.host_prefix(ip))
}

# All but the last of the addresses that Azure keeps are the first ones of the subnet.
kept_first := cidr.azure_reserved - 1

# is_kept(prefix, ip): Azure keeps the IPv4 address of a subnet with that prefix.
is_kept(prefix, ip) if cidr.to_int(ip) < cidr.first(prefix) + kept_first

is_kept(prefix, ip) if cidr.to_int(ip) == cidr.last(prefix)

# missing(context, name): none of the cluster's networks has a subnet of that name, and the
# templates hold all subnets that they have.
missing(context, name) if {
	vnets := ranges.vnets(context)
	count(vnets) > 0
	every vnet in vnets { complete(context.deployment.resources[vnet]) }
	every id in ids_of(context, name) { not context.deployment.resources[id] }
}

# likely_missing(context, name): the same where a network keeps subnets that no template holds:
# those that are declared are all that it has when it is new.
likely_missing(context, name) if {
	vnets := ranges.vnets(context)
	count(vnets) > 0
	not missing(context, name)
	every vnet in vnets {
		context.deployment.resources[vnet].properties.addressSpace
		not aks.is_existing(context.deployment.resources[vnet])
	}
	count(ranges.vnet_subnets(context)) > 0
	every id in ids_of(context, name) { not context.deployment.resources[id] }
}

# complete(vnet): its subnets are all declared. From API version 2023-09-01 on, a network
# that leaves out the property keeps the subnets that it has
# (https://learn.microsoft.com/azure/virtual-network/manage-virtual-network).
complete(vnet) if vnet.properties.subnets

complete(vnet) if {
	vnet.properties.addressSpace
	not aks.is_existing(vnet)
	aks.api_date(vnet) < "2023-09-01"
}

# subnet_words(context, ids): the subnets with their ranges, for messages.
subnet_words(context, ids) := sprintf("%s %s", [noun(ids), concat(" or ", sort({words |
	some id in ids
	words := sprintf("%s (%s)", [aks.last_segment(id), concat(", ", sort(aks.subnet_ranges(context.deployment.resources[id])))])
}))])

noun(ids) := "subnet" if count(ids) == 1

noun(ids) := "subnets" if count(ids) != 1

# static_ips(context, svc): the addresses that an internal Service gets, of the families
# that it and the cluster have.
static_ips(context, svc) := {address |
	gets_private_frontend(svc)
	some address in service.addresses(svc)
	family := service.family(address.ip)
	address.family in {"", family}
	takes(svc, family)
	lower(family) in ranges.families(context.resource)
}

takes(svc, _) if service.dual_stack(svc)

takes(svc, family) if service.single_family(svc) == family

# owners(context, ip): the resources of the deployment that have the address in the cluster's
# networks, in words. The load balancers that the controller made itself do not count.
owners(context, ip) := {words |
	some type, kind in consumers.kinds
	some id in context.deployment.by_type[type]
	resource := context.deployment.resources[id]
	not made_by_controller(resource)
	some configuration in configurations(resource)
	configuration.properties.privateIPAddress == ip
	aks.subnet_vnet_id(subnet_of(resource, configuration)) in ranges.vnets(context)
	words := sprintf("%s %s", [kind, aks.name(resource)])
}

made_by_controller(resource) if {
	aks.is_existing(resource)
	startswith(aks.word(resource.name), "kubernetes")
}

configurations(resource) := {item | some item in resource.properties.frontendIPConfigurations} | {item | some item in resource.properties.ipConfigurations}

subnet_of(_, configuration) := aks.word(configuration.properties.subnet.id)

subnet_of(resource, configuration) := aks.word(resource.properties.subnet.id) if not configuration.properties.subnet
