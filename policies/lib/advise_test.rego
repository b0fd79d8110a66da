package aksnetlint.lib.advise_test

import data.aksnetlint.lib.advise
import data.aksnetlint.lib.fixture
import data.aksnetlint.lib.joined

settings := {"as_of": "2026-06-01"}

# said(cluster, about, mode): the values of a cell.
said(cluster, about, mode) := {member.value |
	some member in advise.advice with input as cluster with data.settings as settings
	member.about == about
	object.get(member, "mode", "") == mode
}

# profile(network, pool): a cluster with this networkProfile and one pool.
profile(network, pool, others) := fixture.input_for({"networkProfile": network}, {"system": pool}, others)

kubenet := {"networkPlugin": "kubenet"}

flat := {"networkPlugin": "azure"}

# Three nodes that can become ten, 30 pods each: 3 x 29, 10 x 29, (10 + 1) x 29.
pool := {"count": 3, "enableAutoScaling": true, "maxCount": 10, "maxPods": 30, "vnetSubnetID": fixture.nodes_id}

test_addresses if {
	cluster := profile(kubenet, pool, joined.whole)
	said(cluster, "mode", "") == {"kubenet"}
	said(cluster, "nodes_now", "node-subnet") == {87}
	said(cluster, "nodes_full", "node-subnet") == {290}
	said(cluster, "nodes_upgrade", "node-subnet") == {319}
	said(cluster, "nodes_upgrade", "overlay") == {11}
	said(cluster, "pods_now", "pod-subnet-dynamic") == {48}
	said(cluster, "pods_upgrade", "pod-subnet-static") == {352}
	said(cluster, "pods_now", "kubenet") == set()
}

# Without maxPods each way has its own default: 250 in static blocks takes 16 of them.
test_default_max_pods if {
	cluster := profile(kubenet, {"count": 1}, {})
	said(cluster, "nodes_now", "node-subnet") == {29}
	said(cluster, "pods_now", "pod-subnet-static") == {256}
}

test_room if {
	cluster := profile(kubenet, pool, joined.whole)
	said(cluster, "room", "node-subnet") == {{"needed": 319, "has": 251, "range": "10.1.0.0/24", "fits": false, "would_do": "/23 would do"}}
	said(cluster, "room", "overlay") == {{"needed": 11, "has": 251, "range": "10.1.0.0/24", "fits": true, "would_do": "/28 would do"}}
}

test_needs if {
	cluster := profile(kubenet, pool, joined.whole)
	said(cluster, "needs", "overlay") == {"podCidr /20"}
	said(cluster, "needs", "pod-subnet-dynamic") == {"pod subnet /24 (pods has room)"}
	said(cluster, "needs", "pod-subnet-static") == {"pod subnet /23"}
}

test_subnets if {
	subnets := {member.subnet: member.value |
		some member in advise.advice with input as profile(flat, object.union(pool, {"podSubnetID": fixture.pods_id}), joined.whole) with data.settings as settings
		member.about == "subnet"
	}
	subnets == {
		"nodes": {"range": "10.1.0.0/24", "has": 251, "needed": 11},
		"pods": {"range": "10.1.8.0/24", "has": 251, "needed": 176},
		"services": {"range": "10.1.4.0/28", "has": 11, "needed": 0},
	}
}

test_against if {
	busy := object.union(profile(object.union(kubenet, {"networkPolicy": "azure", "networkDataplane": "cilium"}), {"osType": "Windows", "count": 400}, {}), {})
	said(busy, "against", "kubenet") == {
		"networkPolicy azure does not run there", "the Cilium dataplane does not run there", "no Windows pools",
		"440 nodes with the surge of an upgrade, and a route table holds 400", "ends on 2028-03-31",
		"networkPolicy azure ends on 2028-09-30",
	}
	virtual := fixture.input_for({"networkProfile": flat, "addonProfiles": {"aciConnectorLinux": {"enabled": true}}}, {"system": pool}, {})
	said(virtual, "against", "overlay") == {"no virtual nodes"}
	said(virtual, "recommend", "") == {"pods are called from outside, or virtual nodes are used: Azure CNI pod subnet"}
}

test_moves if {
	old := object.union(profile(kubenet, pool, {}), {"resource": {"properties": {"kubernetesVersion": "1.26.3"}}})
	said(old, "move", "overlay") == {"in place, one way: az aks update --network-plugin-mode overlay (Kubernetes 1.27 or later, it is 1.26.3, with a user-assigned identity where the route table is yours)"}
	said(old, "move", "kubenet") == {"it is there"}
	said(old, "move", "pod-subnet-dynamic") == {"new cluster"}
	guarded := profile(object.union(flat, {"networkPolicy": "calico"}), pool, {})
	said(guarded, "move", "overlay") == {"in place, one way: az aks update --network-plugin-mode overlay (Kubernetes 1.27 or later, networkPolicy removed first)"}
	dynamic := profile(flat, object.union(pool, {"podSubnetID": fixture.pods_id}), {})
	said(dynamic, "move", "pod-subnet-static") == {"new agent pools in a new pod subnet"}
	said(dynamic, "move", "overlay") == {"new cluster"}
}

test_cilium if {
	said(profile(kubenet, pool, {}), "cilium", "") == {"in two steps: Azure CNI Overlay first, then az aks update --network-dataplane cilium"}
	said(profile(flat, pool, {}), "cilium", "") == {"in place: az aks update --network-dataplane cilium"}
	said(profile(object.union(flat, {"networkDataplane": "cilium"}), pool, {}), "cilium", "") == {"it is there"}
	said(profile({"networkPlugin": "none"}, pool, {}), "cilium", "") == {"new cluster"}
	windows := profile(flat, object.union(pool, {"osType": "Windows"}), {})
	said(windows, "cilium", "") == {"not with Windows pools"}
	"no one outside calls pods: Azure CNI Overlay - one address a node, no route table" in said(windows, "recommend", "")
}

test_recommend if {
	said(profile(flat, pool, {}), "recommend", "") == {
		"no one outside calls pods: Azure CNI Overlay with Cilium - one address a node, no route table",
		"pods are called from outside, or virtual nodes are used: Azure CNI pod subnet",
	}
	huge := profile(flat, {"count": 4500}, {})
	"pods are called from outside, or virtual nodes are used: Azure CNI pod subnet (static block)" in said(huge, "recommend", "")
}

test_notes if {
	said(fixture.input_for({}, {"system": {"count": 1}}, {}), "note", "") == {
		"networkPlugin is not written: what the cluster gets depends on the API version",
		"no pool names a subnet: AKS makes the virtual network, unless a way needs one of yours",
	}
	said(fixture.input_for({}, {"system": {"count": 1}}, {}), "mode", "") == set()
	said(profile(flat, pool, {}), "note", "") == set()
}

test_shared_subnet if {
	other := {"/rg/microsoft.containerservice/managedclusters/other": {"id": "/rg/microsoft.containerservice/managedclusters/other", "type": "Microsoft.ContainerService/managedClusters", "name": "other", "properties": {"networkProfile": kubenet}}}
	other_pool := {"/rg/microsoft.containerservice/managedclusters/other/agentpools/a": {"id": "/rg/microsoft.containerservice/managedclusters/other/agentpools/a", "type": "Microsoft.ContainerService/managedClusters/agentPools", "name": "other/a", "properties": {"count": 5, "vnetSubnetID": fixture.nodes_id}}}
	cluster := profile(kubenet, pool, object.union_n([joined.whole, other, other_pool]))
	some room in said(cluster, "room", "overlay")
	room.needed == 17

	# 11 of the pool with its surge node, and 5 + 1 of the other cluster's, once.
	some subnet in said(cluster, "subnet", "")
	subnet.range == "10.1.0.0/24"
	subnet.needed == 17
}

# What a pool takes whose cluster does not say its network plugin is not known.
test_open_subnet if {
	cluster := profile({}, pool, joined.whole)
	{"range": "10.1.0.0/24", "has": 251} in said(cluster, "subnet", "")
}
