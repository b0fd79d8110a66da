# METADATA
# description: |
#   Inputs for the tests of rules that judge clusters.
package aksnetlint.lib.fixture

cluster_id := "/rg/Microsoft.ContainerService/managedClusters/shop"

vnet_id := "/rg/microsoft.network/virtualnetworks/net"

nodes_id := concat("", [vnet_id, "/subnets/nodes"])

pods_id := concat("", [vnet_id, "/subnets/pods"])

nat_id := "/rg/microsoft.network/natgateways/nat"

# input_for(properties, pools, others): a cluster with these properties, these pools (name
# to properties) and these other resources by lower-cased id.
input_for(properties, pools, others) := {"resource": cluster, "deployment": {"resources": resources, "by_type": by_type, "context": known_context}} if {
	cluster := {
		"id": cluster_id,
		"type": "Microsoft.ContainerService/managedClusters",
		"apiVersion": "2025-05-01",
		"name": "shop",
		"properties": object.union(properties, {"agentPoolProfiles": [object.union({"name": name}, pool) | some name, pool in pools]}),
	}
	children := {id: pool |
		some name, profile in pools
		id := lower(sprintf("%s/agentPools/%s", [cluster_id, name]))
		pool := {"id": id, "type": "Microsoft.ContainerService/managedClusters/agentPools", "name": sprintf("shop/%s", [name]), "properties": profile}
	}
	resources := object.union_n([{lower(cluster_id): cluster}, children, others])
	by_type := {type: ids |
		some resource in resources
		type := lower(resource.type)
		ids := sort([id | some id, other in resources; lower(other.type) == type])
	}
}

# profile_input(profile): a cluster with this networkProfile and one pool of three nodes.
profile_input(profile) := input_for({"networkProfile": profile}, {"system": {"count": 3}}, {})

overlay(profile) := object.union({"networkPlugin": "azure", "networkPluginMode": "overlay"}, profile)

# known_context: where the cluster is deployed, as options of the run may say.
known_context := {"subscription": "sub", "resourceGroup": "rg"}

# vnet(space, subnets): a virtual network with subnets (name to properties), by id.
vnet(space, subnets) := object.union({vnet_id: resource}, children) if {
	resource := {"id": vnet_id, "type": "Microsoft.Network/virtualNetworks", "name": "net", "properties": {"addressSpace": {"addressPrefixes": [space]}}}
	children := {id: subnet |
		some name, properties in subnets
		id := sprintf("%s/subnets/%s", [vnet_id, name])
		subnet := {"id": id, "type": "Microsoft.Network/virtualNetworks/subnets", "name": sprintf("net/%s", [name]), "properties": properties}
	}
}

# resource(id, type, properties): any other resource, by id.
resource(id, type, properties) := {id: {"id": id, "type": type, "name": regex.find_n(`[^/]+$`, id, 1)[0], "properties": properties}}

# own_network: pools that stand in the subnet nodes.
own_network := {"system": {"count": 3, "vnetSubnetID": nodes_id}}
