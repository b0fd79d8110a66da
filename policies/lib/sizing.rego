# METADATA
# description: |
#   How many addresses of a subnet the agent pools take, and the words to say so. All pools
#   of all clusters in a subnet are added up, autoscaled ones with maxCount. Sources:
#   https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning, and for what
#   AKS refuses (InsufficientSubnetSize) the numbers in its error messages: since the release
#   of 2022-01-07 a node takes one address less than it has pods, where the documents plan
#   with one more.
package aksnetlint.lib.sizing

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.cidr
import data.aksnetlint.lib.consumers

# What a node takes beside the addresses of its pods, in Azure CNI node subnet: as AKS
# checks it and as the documents plan it.
node_extra := {"rp": -1, "docs": 1}

# Addresses that AKS hands to nodes at a time in pod subnets, and that the podCidr of
# kubenet and overlay gives to each node
# (https://learn.microsoft.com/azure/aks/configure-azure-cni-static-block-allocation,
# https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-overlay).
pod_block := 16

node_pod_range := 256

# Addresses of single pods that a virtual network holds
# (https://learn.microsoft.com/azure/aks/configure-azure-cni-static-block-allocation).
vnet_addresses := 65536

# ip_model: what subnet-too-small counts with, rp unless data.settings says docs.
ip_model := "docs" if {
	data.settings.ip_model == "docs"
} else := "rp"

# per_node(demand, model): addresses that a node takes. Models rp and docs are of the node
# subnet; pod-check is what AKS checks of a pod subnet, pod-static what static block
# allocation takes of it; pod-range is of podCidr.
per_node(demand, model) := demand.max_pods + node_extra[model] if demand.mode == "node-subnet"

per_node(demand, model) := 1 if {
	model in {"rp", "docs"}
	demand.mode != "node-subnet"
}

per_node(_, "pod-check") := pod_block

per_node(demand, "pod-static") := pod_block * static_blocks(demand.max_pods)

per_node(_, "pod-range") := node_pod_range

# static_blocks(max_pods): blocks of a node with static block allocation; AKS keeps one of
# their addresses.
static_blocks(max_pods) := ceil((max_pods + 1) / pod_block)

# demands(context, subnet): what each pool asks of the node subnet with that id, ordered by
# pool id. A pool whose network mode is not known is left out.
demands(context, subnet) := [demand(context, id) |
	some id in context.deployment.by_type[aks.pool_type]
	aks.node_subnet_id(context.deployment.resources[id]) == subnet
]

# pod_demands(context, subnet): the same for a pod subnet.
pod_demands(context, subnet) := [demand(context, id) |
	some id in context.deployment.by_type[aks.pool_type]
	pool := context.deployment.resources[id]
	aks.pod_subnet_id(pool) == subnet
	startswith(pool_mode_of(context, id), "pod-subnet")
]

pool_mode_of(context, id) := aks.pool_mode(context.deployment.resources[aks.pool_cluster_id(id)], context.deployment.resources[id])

# demand(context, id): one pool in numbers. now is the number of nodes at deployment, full
# that at full scale; the surge nodes of an upgrade are extra.
demand(context, id) := {
	"id": id,
	"cluster": lower(cluster.id),
	"cluster_name": aks.name(cluster),
	"name": aks.pool_name(pool),
	"mode": aks.pool_mode(cluster, pool),
	"max_pods": aks.max_pods(cluster, pool),
	"now": now,
	"full": aks.capacity(pool),
	"surge": aks.surge(pool, cluster),
	"surge_now": aks.surge_of(pool, cluster, now),
	"note": scale_note(pool),
} if {
	pool := context.deployment.resources[id]
	cluster := context.deployment.resources[aks.pool_cluster_id(id)]
	now := aks.node_count(pool)
}

scale_note(pool) := "autoscaled" if {
	aks.autoscaled(pool)
} else := ""

# nodes(demand, stage): nodes at a stage: now (at deployment), full, upgrade (at full scale)
# or upgrade_now (of the nodes there are at deployment).
nodes(demand, "now") := demand.now

nodes(demand, "full") := demand.full

nodes(demand, "upgrade") := demand.full + demand.surge

nodes(demand, "upgrade_now") := demand.now + demand.surge_now

# addresses(demands, stage, model): the sum over the pools.
addresses(list, stage, model) := sum([number |
	some demand in list
	number := nodes(demand, stage) * per_node(demand, model)
])

# sum_words(demands, stage, model): the sum as it is computed:
# pools system 3 + user 20 (autoscaled) x (60 - 1) = 1357 addresses.
sum_words(list, stage, model) := sprintf("%s = %v addresses", [terms_words(terms(list, stage, model)), addresses(list, stage, model)])

# terms(demands, stage, model): each pool's name and number of nodes, and what a node takes.
terms(list, stage, model) := [{"nodes": nodes_words(list, demand, stage), "factor": factor_words(demand, model)} |
	some demand in list
	nodes(demand, stage) > 0
]

# terms_words(terms): pools with one factor share it.
terms_words(list) := sprintf("%s %s%s", [pools_word(list), concat(" + ", [term.nodes | some term in list]), factor]) if {
	factors := {term.factor | some term in list}
	count(factors) == 1
	some factor in factors
} else := sprintf("%s %s", [pools_word(list), concat(" + ", [concat("", [term.nodes, term.factor]) | some term in list])])

pools_word(list) := "pool" if count(list) == 1

pools_word(list) := "pools" if count(list) != 1

nodes_words(list, demand, stage) := sprintf("%s %s", [label(list, demand), count_words(demand, stage)])

# label(demands, demand): the pool's name, with the cluster's where there are several.
label(list, demand) := demand.name if {
	count({other.cluster | some other in list}) == 1
} else := concat("/", [demand.cluster_name, demand.name])

count_words(demand, "full") := sprintf("%v", [demand.full]) if demand.note == ""

count_words(demand, "full") := sprintf("%v (%s)", [demand.full, demand.note]) if demand.note != ""

count_words(demand, "upgrade") := sprintf("(%v + surge %v)", [demand.full, demand.surge]) if demand.note == ""

count_words(demand, "upgrade") := sprintf("(%v + surge %v, %s)", [demand.full, demand.surge, demand.note]) if demand.note != ""

count_words(demand, "upgrade_now") := sprintf("(%v + surge %v)", [demand.now, demand.surge_now])

factor_words(demand, "rp") := sprintf(" x (%v - 1)", [demand.max_pods]) if demand.mode == "node-subnet"

factor_words(demand, "docs") := sprintf(" x (%v + 1)", [demand.max_pods]) if demand.mode == "node-subnet"

factor_words(demand, model) := "" if {
	model in {"rp", "docs"}
	demand.mode != "node-subnet"
}

factor_words(_, "pod-check") := sprintf(" x %v", [pod_block])

factor_words(demand, "pod-static") := sprintf(" x %v x %v", [static_blocks(demand.max_pods), pod_block])

factor_words(_, "pod-range") := sprintf(" x %v", [node_pod_range])

# lacks(context, subnet, stage, model): what the pools take at that stage, together with
# other resources, is more than the node subnet with that id has.
lacks(context, subnet, stage, model) if {
	needed := addresses(demands(context, subnet), stage, model)
	needed > 0
	needed + consumers.taken(context, subnet) > capacity(context.deployment.resources[subnet])
}

# message(context, subnet, stage, model): the sum, what the subnet has, and what would do.
message(context, subnet, stage, model) := sprintf("%s; %s; %s", [
	sum_words(list, stage, model),
	capacity_words(context.deployment.resources[subnet], taken),
	would_do(addresses(list, stage, model) + taken),
]) if {
	list := demands(context, subnet)
	taken := consumers.taken(context, subnet)
}

# range(subnet): its only IPv4 range, {"cidr", "path"}; undefined where the prefix is not
# written, or where there are several, which AKS does not take.
range(subnet) := ranges[0] if {
	ranges := ipv4_ranges(subnet)
	count(ranges) == 1
}

# ipv4_ranges(subnet): all of them; addressPrefix is read where addressPrefixes is empty.
ipv4_ranges(subnet) := listed_ranges(subnet) if {
	count(listed_ranges(subnet)) > 0
} else := [{"cidr": text, "path": ["properties", "addressPrefix"]} |
	text := subnet.properties.addressPrefix
	cidr.is_ipv4(text)
]

listed_ranges(subnet) := [{"cidr": text, "path": ["properties", "addressPrefixes", i]} |
	some i, text in subnet.properties.addressPrefixes
	cidr.is_ipv4(text)
]

# capacity(subnet): how many addresses it can give away.
capacity(subnet) := cidr.usable(cidr.prefix_length(range(subnet).cidr))

# would_do(addresses): the smallest subnet with room for them, in words.
would_do(number) := sprintf("/%v would do", [cidr.smallest_subnet(number)]) if {
	cidr.smallest_subnet(number)
} else := "no subnet is large enough"

# capacity_words(subnet, taken): 10.1.0.0/24 has 251, and how many of them others take.
capacity_words(subnet, 0) := sprintf("%s has %v", [range(subnet).cidr, capacity(subnet)])

capacity_words(subnet, taken) := sprintf("%s has %v, of which others take %v", [range(subnet).cidr, capacity(subnet), taken]) if taken > 0

# evidence(demands, stage, model, subnet): the arithmetic, one step a line.
evidence(list, stage, model, subnet) := array.concat(steps(list, stage, model), [
	sprintf("sum = %v", [addresses(list, stage, model)]),
	sprintf("%s: 2^%v - %v = %v addresses", [range(subnet).cidr, 32 - cidr.prefix_length(range(subnet).cidr), cidr.azure_reserved, capacity(subnet)]),
])

# steps(demands, stage, model): what each pool takes.
steps(list, stage, model) := [line |
	some demand in list
	nodes(demand, stage) > 0
	number := nodes(demand, stage) * per_node(demand, model)
	line := sprintf("%s%s = %v", [nodes_words(list, demand, stage), factor_words(demand, model), number])
]

# place(context, id): where the size of the subnet with that id is decided: in its
# range, or, where the templates do not deploy the subnet, in the largest pool of the judged
# cluster.
place(context, id) := {"resource": id, "path": range(subnet).path} if {
	subnet := context.deployment.resources[id]
	not aks.is_existing(subnet)
} else := {"resource": pool_id, "path": ["properties", scale_property(context.deployment.resources[pool_id])]} if {
	pool_id := largest(context, id)
}

largest(context, subnet) := max({[aks.capacity(pool), id] |
	some id, pool in aks.pools(context)
	uses(pool, subnet)
})[1]

uses(pool, subnet) if aks.node_subnet_id(pool) == subnet

uses(pool, subnet) if aks.pod_subnet_id(pool) == subnet

scale_property(pool) := "maxCount" if {
	aks.scales(pool)
} else := "count"
