# METADATA
# description: |
#   A cluster's way out and way in: outbound type, load balancer and NAT gateway, API
#   server access. Functions that take a context take {"resource", "deployment"}, which is
#   input for a cluster and input.workspace.cluster for a Kubernetes object.
package aksnetlint.lib.outbound

import data.aksnetlint.lib.aks

# Bounds of the API specification of managedClusters.
lb_managed_ips := {"min": 1, "max": 100}

nat_managed_ips := {"min": 1, "max": 16}

idle_timeout_minutes := {"min": 4, "max": 120}

allocated_ports := {"min": 0, "max": 64000}

# allocatedOutboundPorts is a multiple of this
# (LoadBalancerProfileAllocatedOutboundPortsMustBeMultipleOfEight).
ports_multiple := 8

# Ports that one outbound IP gives to the nodes
# (https://learn.microsoft.com/azure/aks/configure-load-balancer-standard).
ports_per_ip := 64000

# https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges
authorized_ranges_max := {"plain": 200, "vnet_integration": 2000}

# outside(n, bounds), bounds_words(bounds): n lies outside; "4 to 120".
outside(n, bounds) if n < bounds.min

outside(n, bounds) if n > bounds.max

bounds_words(bounds) := sprintf("%v to %v", [bounds.min, bounds.max])

# The outbound types in their documented spelling, by their lower-case spelling.
type_words := {
	"loadbalancer": "loadBalancer",
	"userdefinedrouting": "userDefinedRouting",
	"managednatgateway": "managedNATGateway",
	"userassignednatgateway": "userAssignedNATGateway",
	"none": "none",
	"block": "block",
}

# type(cluster): the outbound type in effect, in lower case. The documents and the command
# line call the managed NAT gateway of SKU StandardV2 managedNATGatewayV2, the API
# managedNATGateway with natGatewayProfile.sku: both are managednatgateway here.
type(cluster) := trim_suffix(name, "v2") if {
	name := written_type(cluster)
} else := "loadbalancer"

written_type(cluster) := aks.word(cluster.properties.networkProfile.outboundType)

# managed_nat_v2(cluster): the managed NAT gateway has SKU StandardV2.
managed_nat_v2(cluster) if written_type(cluster) == "managednatgatewayv2"

managed_nat_v2(cluster) if nat_sku(cluster.properties.networkProfile.natGatewayProfile.sku) == "standardv2"

nat_sku(sku) := aks.word(sku)

nat_sku(sku) := aks.word(sku.name)

# basic_load_balancer(cluster): loadBalancerSku is basic; standard where it is omitted.
basic_load_balancer(cluster) if aks.word(cluster.properties.networkProfile.loadBalancerSku) == "basic"

# automatic_ports(nodes): ports of a node where allocatedOutboundPorts is 0
# (https://learn.microsoft.com/azure/aks/configure-load-balancer-standard).
automatic_ports(nodes) := max([step.ports | some step in automatic_steps; nodes <= step.nodes])

automatic_steps := [
	{"nodes": 50, "ports": 1024},
	{"nodes": 100, "ports": 512},
	{"nodes": 200, "ports": 256},
	{"nodes": 400, "ports": 128},
	{"nodes": 800, "ports": 64},
	{"nodes": 5000, "ports": 32},
]

# lb_ip_count(context): outbound IPs of the load balancer; undefined where a prefix is not
# in the templates.
lb_ip_count(context) := number if {
	prefixes := lb_prefixes(context.resource)
	every prefix in prefixes { lb_prefix_size(context, prefix) }
	number := sum([lb_prefix_size(context, prefix) | some prefix in prefixes])
}

lb_ip_count(context) := number if {
	not lb_prefixes(context.resource)
	number := lb_named_ips(context.resource.properties.networkProfile.loadBalancerProfile)
}

lb_named_ips(profile) := count(profile.outboundIPs.publicIPs) if {
	profile.outboundIPs.publicIPs
} else := profile.managedOutboundIPs.count if {
	profile.managedOutboundIPs.count
} else := 1

# lb_prefixes(cluster): the public IP prefixes of the load balancer profile. NAT gateways spell
# the same property publicIpPrefixes, so the spelling is left open.
lb_prefixes(cluster) := prefixes if {
	some name, prefixes in cluster.properties.networkProfile.loadBalancerProfile.outboundIPPrefixes
	lower(name) == "publicipprefixes"
}

lb_prefix_size(context, prefix) := bits.lsh(1, 32 - context.deployment.resources[lower(prefix.id)].properties.prefixLength)

ips_have(1) := "IP has"

ips_have(n) := "IPs have" if n != 1

# private_cluster(cluster): the API server has a private address only.
private_cluster(cluster) if cluster.properties.apiServerAccessProfile.enablePrivateCluster == true

# vnet_integration(cluster): the API server stands in the virtual network.
vnet_integration(cluster) if cluster.properties.apiServerAccessProfile.enableVnetIntegration == true

# authorized_ranges(cluster): the authorized IP ranges; undefined where there are none. API
# versions before 2019-10-01 have them as apiServerAuthorizedIPRanges.
authorized_ranges(cluster) := ranges if {
	ranges := cluster.properties.apiServerAccessProfile.authorizedIPRanges
} else := cluster.properties.apiServerAuthorizedIPRanges

authorized_ranges_limit(cluster) := authorized_ranges_max.vnet_integration if {
	vnet_integration(cluster)
} else := authorized_ranges_max.plain

# artifact_cache(cluster): nodes pull what they need at start from a private cache.
artifact_cache(cluster) if aks.word(cluster.properties.bootstrapProfile.artifactSource) == "cache"

# virtual_nodes(cluster): the names under which the add-on for virtual nodes is enabled.
virtual_nodes(cluster) := {name |
	some name, addon in cluster.properties.addonProfiles
	startswith(lower(name), "aciconnector")
	addon.enabled == true
}

# managed_vnet(context): no pool names a subnet, so AKS makes the virtual network.
managed_vnet(context) if {
	count(aks.pools(context)) > 0
	every _, pool in aks.pools(context) { not aks.node_subnet_id(pool) }
}

# subnet_ids(context): lower-cased ids of the node and pod subnets that the pools name.
subnet_ids(context) := aks.node_subnet_ids(context) | {aks.pod_subnet_id(pool) | some pool in aks.pools(context)}

# subnets(context), node_subnets(context): those of them whose properties are known from
# the templates or from facts.
subnets(context) := {id | some id in subnet_ids(context); context.deployment.resources[id].properties}

node_subnets(context) := {id | some id in aks.node_subnet_ids(context); context.deployment.resources[id].properties}

# nat_gateway_id(subnet): lower-cased id of the subnet's NAT gateway; undefined where it has none.
nat_gateway_id(subnet) := aks.word(subnet.properties.natGateway.id)

# nat_gateways(context): lower-cased ids of the declared NAT gateways on the cluster's subnets.
nat_gateways(context) := {id |
	some subnet in subnets(context)
	id := nat_gateway_id(context.deployment.resources[subnet])
	context.deployment.resources[id].properties
}

# pools_words(context): the pools with their size at full scale and their surge nodes, for messages.
pools_words(context) := concat(" + ", [words |
	some pool in aks.pools(context)
	words := sprintf("%s %v + surge %v", [aks.pool_name(pool), aks.capacity(pool), aks.surge(pool, context.resource)])
])
