# METADATA
# description: |
#   A cluster and its agent pools as AKS reads them: network mode, pools wherever they are
#   declared, node counts, pods per node, surge nodes, subnets and versions. Functions that
#   take a context take {"resource", "deployment"}, which is input for a cluster and
#   input.workspace.cluster for a Kubernetes object. Defaults are those of the API
#   specification of managedClusters where nothing else is said. An empty string counts as
#   absent: a function of an absent property is undefined.
package aksnetlint.lib.aks

cluster_type := "microsoft.containerservice/managedclusters"

pool_type := "microsoft.containerservice/managedclusters/agentpools"

# Pods per node (https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning).
min_max_pods := 10

max_max_pods := 250

# A pool with the fewest pods per node must still hold this many pods (same source).
min_pods_per_pool := 30

# Pods per node where maxPods is omitted (same source). For pod subnets the documents say
# 110 in one place and 250 in another; nodes are seen to ask for 250 addresses. Without
# network plugin the kubelet's default holds.
default_max_pods := {
	"overlay": 250,
	"node-subnet": 30,
	"kubenet": 110,
	"pod-subnet-dynamic": 250,
	"pod-subnet-static": 250,
	"none": 110,
}

# Share of a pool's nodes that an upgrade adds where maxSurge is omitted: 10 % from
# Kubernetes 1.32 on, one node before.
default_surge := {"percent": 10, "since": "1.32", "before": 1}

# text(value): the text, undefined where it is absent, empty or no text.
text(value) := value if {
	is_string(value)
	value != ""
}

# word(value): the text in lower case, for values that AKS compares in any case.
word(value) := lower(text(value))

# plugin(cluster): networkPlugin in lower case. It has no documented default, so nothing
# is assumed where it is omitted.
plugin(cluster) := word(cluster.properties.networkProfile.networkPlugin)

# is_overlay(cluster): Azure CNI Overlay.
is_overlay(cluster) if {
	plugin(cluster) == "azure"
	word(cluster.properties.networkProfile.networkPluginMode) == "overlay"
}

is_kubenet(cluster) if plugin(cluster) == "kubenet"

# is_flat(cluster): pods have addresses of the virtual network.
is_flat(cluster) if {
	plugin(cluster) == "azure"
	not is_overlay(cluster)
}

# mode(cluster): how pods get their addresses: kubenet, overlay, node-subnet,
# pod-subnet-dynamic, pod-subnet-static or none (bring your own CNI). Undefined where
# networkPlugin is omitted. Pools may differ in their pod subnets: for arithmetic use
# pool_mode.
mode(cluster) := plugin(cluster) if plugin(cluster) in {"kubenet", "none"}

mode(cluster) := "overlay" if is_overlay(cluster)

mode(cluster) := flat_mode(cluster) if is_flat(cluster)

flat_mode(cluster) := "pod-subnet-static" if {
	some pool in cluster.properties.agentPoolProfiles
	pool_flat_mode(pool) == "pod-subnet-static"
} else := "pod-subnet-dynamic" if {
	some pool in cluster.properties.agentPoolProfiles
	pool_flat_mode(pool) == "pod-subnet-dynamic"
} else := "node-subnet"

pool_flat_mode(properties) := "pod-subnet-static" if {
	text(properties.podSubnetID)
	word(properties.podIPAllocationMode) == "staticblock"
} else := "pod-subnet-dynamic" if {
	text(properties.podSubnetID)
} else := "node-subnet"

# pool_mode(cluster, pool): mode for one pool.
pool_mode(cluster, pool) := pool_flat_mode(pool.properties) if {
	is_flat(cluster)
} else := mode(cluster)

# pools(context): the cluster's pools by lower-cased id, whether declared inline or as
# resources of their own.
pools(context) := {id: pool |
	prefix := concat("", [lower(context.resource.id), "/agentpools/"])
	some id in context.deployment.by_type[pool_type]
	startswith(id, prefix)
	pool := context.deployment.resources[id]
}

# judged_pools(context): the pools that a judged resource answers for: a cluster for all of
# its own, a pool for itself where its cluster is not among the resources.
judged_pools(context) := pools(context) if lower(context.resource.type) == cluster_type

judged_pools(context) := {id: context.resource} if {
	lower(context.resource.type) == pool_type
	id := lower(context.resource.id)
	not context.deployment.resources[pool_cluster_id(id)]
}

# pool_cluster_id(id): the id of the cluster that a pool belongs to, from the pool's.
pool_cluster_id(id) := split(id, "/agentpools/")[0]

# name(resource): the last segment of its id, which is always there even where
# a part of the name is not known: vnet/aks is aks.
name(resource) := last_segment(resource.id)

name(resource) := last_segment(resource.name) if not resource.id

# pool_name(pool): the pool's name without the cluster's.
pool_name(pool) := name(pool)

# last_segment(text): what stands behind the last slash of a name or an id.
last_segment(path) := regex.find_n(`[^/]+$`, path, 1)[0]

# autoscaled(pool): the cluster autoscaler sets the number of nodes.
autoscaled(pool) if pool.properties.enableAutoScaling == true

# is_system(pool): it runs the cluster's own pods. Mode is User where omitted.
is_system(pool) if word(pool.properties.mode) == "system"

is_windows(pool) if word(pool.properties.osType) == "windows"

is_spot(pool) if word(pool.properties.scaleSetPriority) == "spot"

is_machines(pool) if word(pool.properties.type) == "virtualmachines"

# node_count(pool): nodes at deployment, 1 where omitted. A pool of type VirtualMachines sums up
# its scale profiles.
node_count(pool) := number if {
	not is_machines(pool)
	number := pool.properties.count
	is_number(number)
} else := 1 if {
	not is_machines(pool)
	not number_given(pool, "count")
}

node_count(pool) := sum(machines(pool, "minCount")) if is_machines(pool)

# capacity(pool): nodes at full scale: maxCount of an autoscaled pool, else count. AKS
# counts maxCount only where enableAutoScaling is true.
capacity(pool) := pool.properties.maxCount if {
	number_given(pool, "maxCount")
	scales(pool)
} else := sum(machines(pool, "maxCount")) if {
	is_machines(pool)
} else := node_count(pool)

scales(pool) if {
	autoscaled(pool)
	not is_machines(pool)
}

number_given(pool, property) if is_number(pool.properties[property])

# machines(pool, bound): node counts of the scale profiles of a VirtualMachines pool; bound
# is the property of autoscaled profiles.
machines(pool, bound) := array.concat(
	[profile.count | some profile in pool.properties.virtualMachinesProfile.scale.manual],
	[profile[bound] | some profile in listed(pool.properties.virtualMachinesProfile.scale.autoscale)],
)

listed(value) := value if is_array(value)

listed(value) := [value] if is_object(value)

# max_pods(cluster, pool): pods per node in effect.
max_pods(cluster, pool) := pool.properties.maxPods if {
	number_given(pool, "maxPods")
} else := default_max_pods[pool_mode(cluster, pool)]

# surge(pool, cluster): nodes that an upgrade adds to the pool at full scale: rounded up,
# never more than it has, none for Spot pools
# (https://learn.microsoft.com/azure/aks/upgrade-aks-node-pools-rolling).
surge(pool, cluster) := surge_of(pool, cluster, capacity(pool))

# surge_of(pool, cluster, most): the same where the pool has that many nodes.
surge_of(pool, cluster, most) := min([most, surge_nodes(pool, cluster, most)]) if not is_spot(pool)

surge_of(pool, _, _) := 0 if is_spot(pool)

surge_nodes(pool, cluster, most) := percent_of(percent, most) if {
	percent := surge_percent(pool.properties.upgradeSettings.maxSurge)
} else := nodes if {
	nodes := surge_number(pool.properties.upgradeSettings.maxSurge)
} else := default_surge.before if {
	before_version(cluster, default_surge.since)
} else := percent_of(default_surge.percent, most)

percent_of(percent, nodes) := ceil((percent * nodes) / 100)

# surge_percent(value), surge_number(value): maxSurge as a percentage, or as nodes.
surge_percent(value) := to_number(trim_suffix(value, "%")) if {
	is_string(value)
	regex.match(`^[0-9]{1,3}%$`, value)
}

surge_number(value) := value if is_number(value)

surge_number(value) := to_number(value) if {
	is_string(value)
	regex.match(`^(0|[1-9][0-9]{0,4})$`, value)
}

# node_subnet_id(pool), pod_subnet_id(pool): lower-cased ids of the pool's subnets.
node_subnet_id(pool) := trim_suffix(word(pool.properties.vnetSubnetID), "/")

pod_subnet_id(pool) := trim_suffix(word(pool.properties.podSubnetID), "/")

# node_subnet(context, pool): the resource, undefined where it is not declared.
node_subnet(context, pool) := context.deployment.resources[node_subnet_id(pool)]

pod_subnet(context, pool) := context.deployment.resources[pod_subnet_id(pool)]

# node_subnet_ids(context): ids of all node subnets of the cluster, declared or not.
node_subnet_ids(context) := {node_subnet_id(pool) | some pool in pools(context)}

# subnet_vnet_id(id): the id of the network that a subnet belongs to.
subnet_vnet_id(id) := parts[0] if {
	parts := split(id, "/subnets/")
	parts[1]
}

# subnet_place(context, id, path): the path in the subnet with that id where the templates
# deploy it, else the first pool of the judged cluster that names it.
subnet_place(context, id, path) := {"resource": id, "path": path} if {
	not is_existing(context.deployment.resources[id])
} else := {"resource": pool_id, "path": ["properties", "vnetSubnetID"]} if {
	pool_id := min({i | some i, pool in pools(context); node_subnet_id(pool) == id})
}

# differ(context, a, b): two lower-cased ids name different resources. Ids that are known in
# part hold {stand-ins}, and fixed ones for a subscription and a resource group that nobody
# gave; those differ from real ones only where the context is known.
differ(context, a, b) if {
	a != b
	not contains(a, "{")
	not contains(b, "{")
	comparable(context, a, b)
}

comparable(_, a, b) if scope_of(a) == scope_of(b)

comparable(context, a, b) if {
	scope_of(a) != scope_of(b)
	is_placed(context, a)
	is_placed(context, b)
}

is_placed(_, id) if not has_stand_in(id)

is_placed(context, id) if {
	has_stand_in(id)
	is_string(context.deployment.context.subscription)
	is_string(context.deployment.context.resourceGroup)
}

has_stand_in(id) if contains(id, "/00000000-0000-0000-0000-000000000000")

has_stand_in(id) if regex.match("/resourcegroups/resource-group(/|$)", id)

# scope_of(id): the part of an id before its provider: subscription and resource group.
scope_of(id) := split(id, "/providers/")[0]

# subscription_of(id): the subscription's id.
subscription_of(id) := regex.find_all_string_submatch_n(`^/subscriptions/([^/]+)/`, id, 1)[0][1]

# subnet_ranges(subnet): its address ranges, from addressPrefix and addressPrefixes.
subnet_ranges(subnet) := {text(range) | some range in subnet.properties.addressPrefixes} | {text(range) | range := subnet.properties.addressPrefix}

# route_table_id(subnet): lower-cased id of its route table, undefined where it has none.
route_table_id(subnet) := word(subnet.properties.routeTable.id)

# is_existing(resource): it is not deployed by the templates: facts, and "existing" resources.
is_existing(resource) if resource.existing == true

# identity_type(cluster): the kind of managed identity in lower case, undefined for none.
identity_type(cluster) := type if {
	type := word(cluster.identity.type)
	type != "none"
}

has_user_identity(cluster) if contains(identity_type(cluster), "userassigned")

# service_principal(cluster): the cluster acts as a service principal with a client id of its own.
service_principal(cluster) := id if {
	id := text(cluster.properties.servicePrincipalProfile.clientId)
	lower(id) != "msi"
}

# kubernetes_version(cluster): as written, else that of data.settings; undefined where
# neither says so.
kubernetes_version(cluster) := version if {
	version := text(cluster.properties.kubernetesVersion)
} else := text(data.settings.kubernetes_version)

# before_version(cluster, version), from_version(cluster, version): the cluster's Kubernetes
# version is known and older, or known and not older, than the minor version, like "1.32".
before_version(cluster, version) if minor_version(kubernetes_version(cluster)) < minor_version(version)

from_version(cluster, version) if minor_version(kubernetes_version(cluster)) >= minor_version(version)

minor_version(version) := [to_number(parts[1]), to_number(parts[2])] if {
	[parts] := regex.find_all_string_submatch_n(`^v?(\d{1,4})\.(\d{1,4})`, version, 1)
}

# api_date(resource): the date of its API version, as YYYY-MM-DD to be compared as text.
api_date(resource) := substring(version, 0, 10) if {
	version := text(resource.apiVersion)
	regex.match(`^\d{4}-\d{2}-\d{2}`, version)
}
