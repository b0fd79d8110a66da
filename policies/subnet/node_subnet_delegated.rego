# METADATA
# title: Node subnet is delegated
# description: A subnet that is delegated to a service cannot hold the nodes of a cluster (SubnetIsDelegated). Pod subnets are another matter, AKS delegates them itself.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/concepts-network-cni-overview
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Remove the delegation, or put the nodes into another subnet.
#   since: 0.1.0
#   catalogue: 213
package aksnetlint.rules["node-subnet-delegated"]

import data.aksnetlint.lib.aks

deny contains {"path": ["properties", "delegations"], "resource": id, "message": message} if {
	some id in aks.node_subnet_ids(input)
	subnet := input.deployment.resources[id]
	services := {entry.properties.serviceName | some entry in subnet.properties.delegations}
	count(services) > 0
	message := sprintf("subnet %s holds nodes and is delegated to %s, which AKS refuses", [aks.name(subnet), concat(", ", services)])
}
