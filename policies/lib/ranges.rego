# METADATA
# description: |
#   The pod and service address ranges of a cluster: those that the template writes, and
#   those in effect where it is silent.
package aksnetlint.lib.ranges

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.cidr
import data.aksnetlint.lib.outbound

# What AKS takes where the template is silent (API specification of managedClusters).
default_service_cidr := "10.0.0.0/16"

default_pod_cidr := "10.244.0.0/16"

default_dns_service_ip := "10.0.0.10"

# https://learn.microsoft.com/azure/aks/configure-dual-stack
min_ipv6_service_prefix := 108

# The virtual network that AKS makes where no pool names a subnet (AKS release notes of
# 2022-02-24: network 10.224.0.0/12, subnet 10.224.0.0/16).
managed_vnet := "10.224.0.0/12"

# written(cluster): the ranges that the template writes, each {"name", "path", "cidr"}. An
# empty string counts as absent.
written(cluster) := singular(cluster) | plural(cluster)

singular(cluster) := {range |
	some name in ["podCidr", "serviceCidr"]
	text := aks.text(cluster.properties.networkProfile[name])
	range := {"name": name, "path": ["properties", "networkProfile", name], "cidr": text}
}

plural(cluster) := {range |
	some name in ["podCidrs", "serviceCidrs"]
	some i, item in cluster.properties.networkProfile[name]
	text := aks.text(item)
	range := {"name": sprintf("%s[%v]", [name, i]), "path": ["properties", "networkProfile", name, i], "cidr": text}
}

# service(cluster): the IPv4 service range in effect, {"path", "cidr", "default"}.
service(cluster) := first_written(cluster, "serviceCidr", "serviceCidrs")

service(cluster) := {
	"path": ["properties", "networkProfile", "serviceCidr"],
	"cidr": default_service_cidr,
	"default": true,
} if {
	not first_written(cluster, "serviceCidr", "serviceCidrs")
}

# pod(cluster): the IPv4 pod range in effect, {"path", "cidr", "default"}; undefined in
# the modes where pods take addresses of a subnet, and where the mode is not known.
pod(cluster) := range if {
	has_pod_range(cluster)
	range := first_written(cluster, "podCidr", "podCidrs")
}

pod(cluster) := {
	"path": ["properties", "networkProfile", "podCidr"],
	"cidr": default_pod_cidr,
	"default": true,
} if {
	has_pod_range(cluster)
	not first_written(cluster, "podCidr", "podCidrs")
}

# has_pod_range(cluster): pods get their addresses from podCidr.
has_pod_range(cluster) if aks.mode(cluster) in {"kubenet", "overlay"}

# pods_in_subnet(cluster): pods take addresses of a subnet, the pod range is not used.
pods_in_subnet(cluster) if aks.mode(cluster) in {"node-subnet", "pod-subnet-dynamic", "pod-subnet-static"}

# first_written(cluster, one, many): the range written in the singular property, else the
# first IPv4 one of the plural property.
first_written(cluster, one, many) := {"path": path, "cidr": text, "default": false} if {
	text := aks.text(cluster.properties.networkProfile[one])
	path := ["properties", "networkProfile", one]
} else := {"path": path, "cidr": list[index], "default": false} if {
	list := cluster.properties.networkProfile[many]
	index := min([i | some i, text in list; cidr.is_ipv4(text)])
	path := ["properties", "networkProfile", many, index]
}

# families(cluster): the IP families in lower case, in order; IPv4 where they are omitted.
families(cluster) := [lower(family) | some family in list] if {
	list := cluster.properties.networkProfile.ipFamilies
	count(list) > 0
} else := ["ipv4"]

# dual_stack(cluster): pods and services have addresses of both families.
dual_stack(cluster) if "ipv6" in families(cluster)

# family(range): "ipv4" or "ipv6".
family(range) := "ipv6" if cidr.is_ipv6(range)

family(range) := "ipv4" if cidr.is_ipv4(range)

# overlap_evidence(a, b): in words, for ranges that overlap: one holds the other.
overlap_evidence(a, b) := sprintf("%s lies inside %s", [b, a]) if {
	cidr.covers(a, b)
} else := sprintf("%s lies inside %s", [a, b])

# A context is {"resource", "deployment"}: input for a cluster, input.workspace.cluster for
# a Kubernetes object.

# vnets(context): lower-cased ids of the virtual networks that the pools' subnets are in.
vnets(context) := {aks.subnet_vnet_id(id) | some id in outbound.subnet_ids(context)}

# vnet_subnets(context): the declared subnets of the cluster's virtual networks with each
# of their prefixes, {"id", "name", "cidr"}.
vnet_subnets(context) := {subnet |
	networks := vnets(context)
	some id in context.deployment.by_type["microsoft.network/virtualnetworks/subnets"]
	aks.subnet_vnet_id(id) in networks
	some prefix in aks.subnet_ranges(context.deployment.resources[id])
	subnet := {"id": id, "name": aks.name(context.deployment.resources[id]), "cidr": prefix}
}

# hits_subnet(context, range): the range overlaps a subnet of the cluster's virtual networks.
hits_subnet(context, range) if {
	some subnet in vnet_subnets(context)
	cidr.overlaps(range, subnet.cidr)
}

# vnet_spaces(context): the address spaces of the cluster's virtual networks, {"name",
# "resource", "path", "cidr"}.
vnet_spaces(context) := {space |
	some id in vnets(context)
	vnet := context.deployment.resources[id]
	some i, prefix in vnet.properties.addressSpace.addressPrefixes
	space := {
		"name": aks.name(vnet),
		"resource": id,
		"path": ["properties", "addressSpace", "addressPrefixes", i],
		"cidr": prefix,
	}
}

# peer_spaces(context): the address spaces of the networks that are peered with the
# cluster's, {"name", "cidr"}: what the peering says of the other network, and what the
# network itself declares.
peer_spaces(context) := {space |
	some peering in peerings(context)
	some prefix in (said_prefixes(peering) | declared_prefixes(context, peering))
	space := {"name": sprintf("the peered virtual network %s", [aks.last_segment(peering.remote)]), "cidr": prefix}
}

said_prefixes(peering) := {prefix | some prefix in peering.properties.remoteAddressSpace.addressPrefixes}

declared_prefixes(context, peering) := {prefix |
	some prefix in context.deployment.resources[peering.remote].properties.addressSpace.addressPrefixes
}

# peerings(context): the peerings from or to one of the cluster's networks, {"remote",
# "properties"} with the lower-cased id of the other network.
peerings(context) := (own_peerings(context) | inline_peerings(context)) | reverse_peerings(context)

own_peerings(context) := {peering |
	networks := vnets(context)
	some id in context.deployment.by_type["microsoft.network/virtualnetworks/virtualnetworkpeerings"]
	split(id, "/virtualnetworkpeerings/")[0] in networks
	properties := context.deployment.resources[id].properties
	peering := {"remote": lower(properties.remoteVirtualNetwork.id), "properties": properties}
}

inline_peerings(context) := {peering |
	some id in vnets(context)
	some item in context.deployment.resources[id].properties.virtualNetworkPeerings
	peering := {"remote": lower(item.properties.remoteVirtualNetwork.id), "properties": item.properties}
}

reverse_peerings(context) := {peering |
	networks := vnets(context)
	some id in context.deployment.by_type["microsoft.network/virtualnetworks/virtualnetworkpeerings"]
	lower(context.deployment.resources[id].properties.remoteVirtualNetwork.id) in networks
	peering := {"remote": split(id, "/virtualnetworkpeerings/")[0], "properties": {}}
}

# inside(context): the ranges that hold pods or nodes, {"name", "cidr"}.
inside(context) := pod_ranges(context) | subnet_ranges(context)

pod_ranges(context) := {range |
	text := pod(context.resource).cidr
	range := {"name": sprintf("the pods (%s)", [text]), "cidr": text}
}

subnet_ranges(context) := {range |
	some id in outbound.subnets(context)
	some prefix in aks.subnet_ranges(context.deployment.resources[id])
	range := {"name": sprintf("the subnet %s (%s)", [aks.last_segment(id), prefix]), "cidr": prefix}
}
