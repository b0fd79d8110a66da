# METADATA
# title: Node or pod subnet has several IPv4 prefixes
# description: AKS refuses a subnet with more than one IPv4 prefix (MultipleAddressPrefixesSubnetNotSupported). One IPv4 and one IPv6 prefix, for dual stack, are fine.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/concepts-network-cni-overview
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Give the subnet one IPv4 prefix that is large enough.
#   since: 0.1.0
#   catalogue: 215
package aksnetlint.rules["multi-prefix-subnet"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.sizing

subnets := aks.node_subnet_ids(input) | {aks.pod_subnet_id(pool) | some pool in aks.pools(input)}

deny contains {"path": ["properties", "addressPrefixes"], "resource": id, "message": message} if {
	some id in subnets
	subnet := input.deployment.resources[id]
	prefixes := [range.cidr | some range in sizing.ipv4_ranges(subnet)]
	count(prefixes) > 1
	message := sprintf("subnet %s has %v IPv4 prefixes (%s), AKS takes one", [aks.name(subnet), count(prefixes), concat(", ", prefixes)])
}
