# METADATA
# title: Subnet of a cluster has no network security group
# description: Every subnet with nodes or pods has a network security group of ours.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/concepts-network
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: "Reference a Microsoft.Network/networkSecurityGroups in the subnet's networkSecurityGroup."
package aksnetlint.rules["nsg-on-aks-subnets"]

import data.aksnetlint.lib.aks

deny contains {"path": ["properties", "networkSecurityGroup"], "resource": id, "message": message} if {
	some id in subnets
	subnet := input.deployment.resources[id]
	not subnet.properties.networkSecurityGroup.id
	message := sprintf("subnet %s of cluster %s has no network security group", [aks.name(subnet), aks.name(input.resource)])
}

subnets contains aks.node_subnet_id(pool) if some pool in aks.pools(input)

subnets contains aks.pod_subnet_id(pool) if some pool in aks.pools(input)
