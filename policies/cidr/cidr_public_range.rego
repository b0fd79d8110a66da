# METADATA
# title: Cluster range is public address space
# description: The pod or service range lies outside the private address space (10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, and 100.64.0.0/10). Inside the cluster the real owners of those addresses on the internet cannot be reached.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning
# schemas:
#   - input: schema.arm
# custom:
#   severity: warning
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Use a range of RFC 1918 or RFC 6598.
#   since: 0.1.0
#   catalogue: 407
package aksnetlint.rules["cidr-public-range"]

import data.aksnetlint.lib.cidr
import data.aksnetlint.lib.ranges

deny contains {"path": range.path, "message": message} if {
	some range in ranges.written(input.resource)
	cidr.is_ipv4(range.cidr)
	not cidr.is_private(range.cidr)
	not reserved(range.cidr)
	message := sprintf("%s %s is not within the private address space: addresses on the internet are hidden from the pods", [range.name, range.cidr])
}

# The ranges that AKS keeps for itself are the business of reserved-range.
reserved(range) if {
	some space in cidr.reserved
	cidr.covers(space, range)
}
