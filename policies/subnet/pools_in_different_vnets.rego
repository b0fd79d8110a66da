# METADATA
# title: Pools are in different virtual networks
# description: The subnets of all pools of a cluster are in one virtual network, and either all pools name a subnet or none does (AgentPoolsWithEmptySubnetError).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/node-pool-unique-subnet
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Give every pool a vnetSubnetID in the same virtual network.
#   since: 0.1.0
#   catalogue: 214
package aksnetlint.rules["pools-in-different-vnets"]

import data.aksnetlint.lib.aks

path := ["properties", "vnetSubnetID"]

# The network of each pool that names a subnet.
vnets := {id: vnet |
	some id, pool in aks.pools(input)
	vnet := aks.subnet_vnet_id(aks.node_subnet_id(pool))
}

# The first pool, by id, says which network the others should be in.
first := min(object.keys(vnets))

deny contains {"path": path, "resource": id, "message": message} if {
	some id, vnet in vnets
	aks.differ(input, vnet, vnets[first])
	message := sprintf("pool %s is in virtual network %s, pool %s in %s: a cluster has one network", [
		aks.last_segment(id), aks.last_segment(vnet),
		aks.last_segment(first), aks.last_segment(vnets[first]),
	])
}

deny contains {"path": path, "resource": id, "message": message} if {
	some id, pool in aks.pools(input)
	not aks.node_subnet_id(pool)
	message := sprintf("pool %s names no subnet, pool %s does: all pools do, or none", [aks.pool_name(pool), aks.last_segment(first)])
}
