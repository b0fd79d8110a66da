# METADATA
# title: Range overlaps the virtual network that AKS makes
# description: Where no pool names a subnet, AKS makes a virtual network 10.224.0.0/12 with a subnet 10.224.0.0/16. A service or pod range that overlaps it is refused or loses traffic.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/concepts-network-cni-overview
# schemas:
#   - input: schema.arm
# custom:
#   severity: warning
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Use a range outside 10.224.0.0/12, or bring a virtual network of your own.
#   since: 0.1.0
#   catalogue: 413
package aksnetlint.rules["managed-vnet-overlap"]

import data.aksnetlint.lib.cidr
import data.aksnetlint.lib.outbound
import data.aksnetlint.lib.ranges

deny contains {"path": range.path, "message": message, "evidence": evidence} if {
	outbound.managed_vnet(input)
	some what, range in in_effect
	cidr.overlaps(range.cidr, ranges.managed_vnet)
	message := sprintf("%s %s overlaps %s, the virtual network that AKS makes for this cluster", [what, range.cidr, ranges.managed_vnet])
	evidence := [ranges.overlap_evidence(range.cidr, ranges.managed_vnet)]
}

in_effect["service range"] := ranges.service(input.resource)

in_effect["pod range"] := ranges.pod(input.resource)
