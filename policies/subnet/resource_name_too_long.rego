# METADATA
# title: Name of a network resource is too long
# description: In Azure CNI Overlay and with pod subnets the names of the subnets, of their virtual network and of its resource group become labels of nodes, which hold 63 characters.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-overlay
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Use a subnet, virtual network and resource group with names of 63 characters at most.
#   since: 0.1.0
#   catalogue: 218
package aksnetlint.rules["resource-name-too-long"]

import data.aksnetlint.lib.aks

max_length := 63

labelled_modes := {"overlay", "pod-subnet-dynamic", "pod-subnet-static"}

# The segments of a subnet id that become labels, in words.
segments := {"resourcegroups": "resource group", "virtualnetworks": "virtual network", "subnets": "subnet"}

deny contains {"path": ["properties", property], "resource": id, "message": message} if {
	some id, pool in aks.pools(input)
	aks.pool_mode(input.resource, pool) in labelled_modes
	some property in ["vnetSubnetID", "podSubnetID"]
	parts := split(aks.text(pool.properties[property]), "/")
	some i, part in parts
	words := segments[lower(part)]
	name := parts[i + 1]
	not contains(name, "{")
	count(name) > max_length
	message := sprintf("%s name %s has %v characters, which is more than a node label's %v", [words, name, count(name), max_length])
}
