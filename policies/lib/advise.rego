# METADATA
# description: |
#   What each way of giving pods their addresses would mean for the judged cluster: who can
#   reach the pods, how many addresses of the virtual network it takes, whether the subnets
#   have room, what stands against it and how to get there. The arithmetic is that of
#   aksnetlint.lib.sizing. Sources:
#   https://learn.microsoft.com/azure/aks/concepts-network-cni-overview,
#   https://learn.microsoft.com/azure/aks/plan-pod-networking and
#   https://learn.microsoft.com/azure/aks/update-azure-cni.
package aksnetlint.lib.advise

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.cidr
import data.aksnetlint.lib.consumers
import data.aksnetlint.lib.join
import data.aksnetlint.lib.outbound
import data.aksnetlint.lib.policy_matrix
import data.aksnetlint.lib.ranges
import data.aksnetlint.lib.retirements
import data.aksnetlint.lib.routes
import data.aksnetlint.lib.sizing

# modes: those of aksnetlint.lib.aks.mode, with the words of who reaches the pods.
modes := {
	"kubenet": "the cluster only",
	"node-subnet": "virtual network and beyond",
	"pod-subnet-dynamic": "virtual network and beyond",
	"pod-subnet-static": "virtual network and beyond",
	"overlay": "the cluster only",
	"none": "up to your CNI",
}

stages := {"now", "full", "upgrade"}

# The ways that give each node one address of its subnet and the pods those of another.
pod_models := {"pod-subnet-dynamic": "pod-check", "pod-subnet-static": "pod-static"}

# The Kubernetes version from which clusters move to overlay in place
# (https://learn.microsoft.com/azure/aks/update-azure-cni).
overlay_since := "1.27"

# advice: all that is said of the cluster, one statement a member, so that each stands or
# hangs on unknown values by itself: {"about", "mode" and "subnet" where they apply, "value"}.
advice contains {"about": "mode", "value": aks.mode(input.resource)}

advice contains {"about": "title", "mode": mode, "value": policy_matrix.mode_words[mode]} if {
	some mode, _ in modes
}

advice contains {"about": "reach", "mode": mode, "value": words} if {
	some mode, words in modes
}

# Addresses of node subnets.
advice contains {"about": concat("_", ["nodes", stage]), "mode": mode, "value": number} if {
	some mode, _ in modes
	some stage in stages
	number := sizing.addresses(demands(mode), stage, "rp")
}

# Addresses of pod subnets.
advice contains {"about": concat("_", ["pods", stage]), "mode": mode, "value": number} if {
	some mode, model in pod_models
	some stage in stages
	number := sizing.addresses(demands(mode), stage, model)
}

# What an upgrade at full scale needs of each node subnet, and what that has.
advice contains {"about": "room", "mode": mode, "subnet": name, "value": {
	"needed": needed,
	"has": has,
	"range": sizing.range(subnet).cidr,
	"fits": needed <= has,
	"would_do": sizing.would_do(needed),
}} if {
	some mode, _ in modes
	some id in aks.node_subnet_ids(input)
	name := aks.last_segment(id)
	subnet := input.deployment.resources[id]
	has := sizing.capacity(subnet)
	needed := sizing.addresses(in_subnet(id, mode), "upgrade", "rp") + taken(id)
}

# The smallest ranges that would do at full scale with an upgrade.
advice contains {"about": "needs", "mode": mode, "value": sprintf("pod subnet /%v%s", [cidr.smallest_subnet(number), free_words(number)])} if {
	some mode, model in pod_models
	number := sizing.addresses(demands(mode), "upgrade", model)
}

advice contains {"about": "needs", "mode": mode, "value": sprintf("podCidr /%v", [cidr.smallest_range(number)])} if {
	some mode in ["kubenet", "overlay"]
	number := sizing.addresses(demands(mode), "upgrade", "pod-range")
}

# The subnets of the cluster's networks and what is left of them, pools of all clusters counted
# as they are.
advice contains {"about": "subnet", "subnet": subnet.name, "value": object.union(needed(subnet.id), {
	"range": subnet.cidr,
	"has": sizing.capacity(input.deployment.resources[subnet.id]),
})} if {
	some subnet in ranges.vnet_subnets(input)
	cidr.is_ipv4(subnet.cidr)
}

advice contains {"about": "note", "value": "networkPlugin is not written: what the cluster gets depends on the API version"} if {
	not aks.plugin(input.resource)
}

advice contains {"about": "note", "value": "no pool names a subnet: AKS makes the virtual network, unless a way needs one of yours"} if {
	outbound.managed_vnet(input)
}

advice contains {"about": "against", "mode": mode, "value": reason} if some [mode, reason] in obstacles

advice contains {"about": "move", "mode": mode, "value": move(aks.mode(input.resource), mode)} if {
	some mode, _ in modes
}

advice contains {"about": "cilium", "value": cilium(aks.mode(input.resource))}

advice contains {"about": "recommend", "value": line} if some line in recommendations

# demands(mode): the cluster's pools in numbers, as they would be in that mode.
demands(mode) := [demand(id, mode) | some id, _ in aks.pools(input)]

demand(id, mode) := {
	"cluster": lower(input.resource.id),
	"mode": mode,
	"max_pods": max_pods(pool, mode),
	"now": now,
	"full": aks.capacity(pool),
	"surge": aks.surge(pool, input.resource),
	"surge_now": aks.surge_of(pool, input.resource, now),
} if {
	pool := aks.pools(input)[id]
	now := aks.node_count(pool)
}

# max_pods(pool, mode): as written, else the default of the mode.
max_pods(pool, mode) := pool.properties.maxPods if {
	aks.number_given(pool, "maxPods")
} else := aks.default_max_pods[mode]

in_subnet(id, mode) := [demand(pool_id, mode) |
	some pool_id, pool in aks.pools(input)
	aks.node_subnet_id(pool) == id
]

# taken(id): what others take of the subnet: resources, and pools of other clusters.
taken(id) := consumers.taken(input, id) + sizing.addresses(others, "upgrade", "rp") if {
	others := [other |
		some other in sizing.demands(input, id)
		other.cluster != lower(input.resource.id)
	]
}

# needed(id): what an upgrade of all pools in the subnet needs, where the network mode of
# each is known.
needed(id) := {"needed": (sizing.addresses(list, "upgrade", "rp") + in_pods(id)) + consumers.taken(input, id)} if {
	list := sizing.demands(input, id)
	pools := [pool | some pool in input.deployment.by_type[aks.pool_type]; aks.node_subnet_id(input.deployment.resources[pool]) == id]
	count(list) == count(pools)
} else := {}

# in_pods(id): what pods take of the subnet where it is a pod subnet.
in_pods(id) := sum([number |
	some other in sizing.pod_demands(input, id)
	number := sizing.addresses([other], "upgrade", pod_models[other.mode])
])

# free_words(number): the unused subnets that would take the pods, in words.
free_words(number) := sprintf(" (%s has room)", [concat(" or ", sort(names))]) if {
	names := {subnet.name |
		some subnet in ranges.vnet_subnets(input)
		is_free(subnet.id)
		sizing.capacity(input.deployment.resources[subnet.id]) >= number
	}
	count(names) > 0
} else := ""

# is_free(id): nothing takes addresses of the subnet, and Azure or a delegation keeps it for
# nothing else.
is_free(id) if {
	not id in outbound.subnet_ids(input)
	not aks.last_segment(id) in object.keys(join.azure_subnets)
	not input.deployment.resources[id].properties.delegations[0]
	taken(id) == 0
	count(consumers.services(input, id)) == 0
}

obstacles contains [mode, reason] if {
	some mode, _ in modes
	some reason in against(mode)
}

against(mode) := ((engine_reasons(mode) | pool_reasons(mode)) | size_reasons(mode)) | end_reasons(mode)

engine_reasons(mode) := {sprintf("networkPolicy %s does not run there", [engine]) |
	engine := policy_matrix.engine(input.resource)
	policy_matrix.refused(engine, mode)
} | {"the Cilium dataplane does not run there" |
	policy_matrix.cilium(input.resource)
	not mode in policy_matrix.dataplane_modes
}

pool_reasons(mode) := {"no Windows pools" |
	mode == "kubenet"
	count(windows_pools) > 0
} | {"no virtual nodes" |
	mode in {"kubenet", "overlay"}
	count(outbound.virtual_nodes(input.resource)) > 0
}

# Each node has a route of its own in kubenet.
size_reasons(mode) := {sprintf("%v nodes with the surge of an upgrade, and a route table holds %v", [nodes, routes.max_routes]) |
	mode == "kubenet"
	nodes := sum([sizing.nodes(one, "upgrade") | some one in demands(mode)])
	nodes > routes.max_routes
}

end_reasons(mode) := {retirements.phrase(mode) | mode == "kubenet"} | {sprintf("networkPolicy azure %s", [retirements.phrase("azure-npm-linux")]) |
	aks.mode(input.resource) == mode
	policy_matrix.engine(input.resource) == "azure"
}

# move(from, to): how a cluster gets from one mode to another.
move(from, to) := "it is there" if from == to

move(from, "overlay") := concat("", [
	"in place, one way: az aks update --network-plugin-mode overlay",
	sprintf(" (Kubernetes %s or later%s)", [overlay_since, concat("", sort(conditions(from)))]),
]) if {
	from in {"kubenet", "node-subnet"}
}

move("pod-subnet-dynamic", "pod-subnet-static") := "new agent pools in a new pod subnet"

move(from, to) := "new cluster" if {
	from != to
	not in_place(from, to)
}

in_place(from, "overlay") if from in {"kubenet", "node-subnet"}

in_place("pod-subnet-dynamic", "pod-subnet-static")

conditions(from) := ({", networkPolicy removed first" | policy_matrix.engine(input.resource)} | {", with a user-assigned identity where the route table is yours" | from == "kubenet"}) | {sprintf(", it is %s", [aks.kubernetes_version(input.resource)]) | aks.before_version(input.resource, overlay_since)}

# cilium(from): how the cluster gets the Cilium dataplane, which takes no addresses of its own.
cilium(from) := "not with Windows pools" if {
	count(windows_pools) > 0
} else := "it is there" if {
	policy_matrix.cilium(input.resource)
} else := "in two steps: Azure CNI Overlay first, then az aks update --network-dataplane cilium" if {
	from == "kubenet"
} else := "in place: az aks update --network-dataplane cilium" if {
	from in policy_matrix.dataplane_modes
} else := "new cluster"

windows_pools contains id if {
	some id, pool in aks.pools(input)
	aks.is_windows(pool)
}

# recommendations: by what the pods must be able to do.
recommendations contains sprintf("no one outside calls pods: %s%s - one address a node, no route table", [policy_matrix.mode_words.overlay, dataplane]) if {
	count(pool_reasons("overlay")) == 0
}

recommendations contains sprintf("pods are called from outside, or virtual nodes are used: %s", [policy_matrix.mode_words[flat]])

# Cilium has no Windows nodes.
dataplane := "" if {
	count(windows_pools) > 0
} else := " with Cilium"

# Single addresses of pods end where the virtual network has no more of them.
flat := "pod-subnet-static" if {
	sizing.addresses(demands("pod-subnet-dynamic"), "upgrade", "pod-check") > sizing.vnet_addresses
} else := "pod-subnet-dynamic"
