# METADATA
# title: Subnet of the API server does not fit
# description: With API Server VNet Integration the API server stands in a subnet of its own. It must be /28 or larger, delegated to Microsoft.ContainerService/managedClusters, in the cluster's virtual network, and hold neither nodes nor pods. Clusters of one network may share it; AKS keeps at least 9 addresses for each, so a /28 has room for one. A network security group on it must let the nodes reach ports 443 and 4443, and the load balancer port 9988.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/api-server-vnet-integration
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Give the API server a /27 subnet of its own in the cluster's virtual network, delegated to Microsoft.ContainerService/managedClusters.
#   since: 0.1.0
#   catalogue: 212
package aksnetlint.rules["apiserver-subnet"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.cidr
import data.aksnetlint.lib.security_group
import data.aksnetlint.lib.sizing

longest_prefix := 28

addresses_per_cluster := 9

delegation := "Microsoft.ContainerService/managedClusters"

path := ["properties", "apiServerAccessProfile", "subnetId"]

subnet_of(cluster) := aks.word(cluster.properties.apiServerAccessProfile.subnetId)

id := subnet_of(input.resource)

subnet := input.deployment.resources[id]

deny contains {"path": range.path, "resource": id, "message": message} if {
	range := sizing.range(subnet)
	cidr.prefix_length(range.cidr) > longest_prefix
	message := sprintf("API server subnet %s is %s, AKS needs /%v or larger", [aks.name(subnet), range.cidr, longest_prefix])
}

deny contains {"path": ["properties", "delegations"], "resource": id, "message": message} if {
	sizing.range(subnet)
	not is_delegated
	count(pool_uses) == 0
	message := sprintf("API server subnet %s is not delegated to %s", [aks.name(subnet), delegation])
}

is_delegated if {
	some entry in subnet.properties.delegations
	aks.word(entry.properties.serviceName) == lower(delegation)
}

# What the pools do with the subnet.
pool_uses := {[use, aks.pool_name(pool)] |
	some pool in aks.pools(input)
	some use in uses(pool)
}

uses(pool) := {"nodes" | aks.node_subnet_id(pool) == id} | {"pods" | aks.pod_subnet_id(pool) == id}

deny contains {"path": path, "message": message} if {
	some [use, name] in pool_uses
	message := sprintf("the API server and the %s of pool %s share subnet %s", [use, name, aks.last_segment(id)])
}

deny contains {"path": path, "message": message} if {
	vnets := {aks.subnet_vnet_id(other) | some other in aks.node_subnet_ids(input)}
	count(vnets) == 1
	some vnet in vnets
	own := aks.subnet_vnet_id(id)
	aks.differ(input, own, vnet)
	message := sprintf("the API server's subnet is in virtual network %s, the nodes are in %s", [aks.last_segment(own), aks.last_segment(vnet)])
}

deny contains {"path": range.path, "resource": id, "message": message, "severity": "warning"} if {
	range := sizing.range(subnet)
	clusters := count({cluster |
		some cluster in input.deployment.by_type[aks.cluster_type]
		subnet_of(input.deployment.resources[cluster]) == id
	})
	clusters > 1
	clusters * addresses_per_cluster > sizing.capacity(subnet)
	message := sprintf("API server subnet %s is shared by %v clusters x %v = %v addresses; %s; %s", [
		aks.name(subnet), clusters, addresses_per_cluster, clusters * addresses_per_cluster,
		sizing.capacity_words(subnet, 0), sizing.would_do(clusters * addresses_per_cluster),
	])
}

# Ports that the nodes, and the load balancer, must reach.
node_ports := [443, 4443]

probe_port := 9988

deny contains {"path": ["properties", "networkSecurityGroup", "id"], "resource": id, "message": message, "severity": "warning"} if {
	some node_subnet in aks.node_subnet_ids(input)
	nodes := input.deployment.resources[node_subnet]
	some port in node_ports
	rule := security_group.denies(input, aks.word(subnet.properties.networkSecurityGroup.id), port, sizing.range(nodes).cidr)
	message := sprintf("rule %s keeps the nodes in subnet %s away from port %v of API server subnet %s", [rule, aks.name(nodes), port, aks.name(subnet)])
}

deny contains {"path": ["properties", "networkSecurityGroup", "id"], "resource": id, "message": message, "severity": "warning"} if {
	rule := security_group.denies(input, aks.word(subnet.properties.networkSecurityGroup.id), probe_port, "azureloadbalancer")
	message := sprintf("rule %s keeps the load balancer away from port %v of API server subnet %s", [rule, probe_port, aks.name(subnet)])
}
