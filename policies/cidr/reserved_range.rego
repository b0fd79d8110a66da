# METADATA
# title: Range overlaps addresses that AKS keeps for itself
# description: AKS uses 169.254.0.0/16, 172.30.0.0/16, 172.31.0.0/16 and 192.0.2.0/24 itself. A service or pod range that overlaps one of them, or contains it, is refused or breaks the cluster; a virtual network there has traffic that is lost.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/concepts-network-cni-overview
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Choose a range that contains none of the four.
#   since: 0.1.0
#   catalogue: 405
package aksnetlint.rules["reserved-range"]

import data.aksnetlint.lib.cidr
import data.aksnetlint.lib.ranges

deny contains {"path": range.path, "message": message, "evidence": evidence} if {
	some range in ranges.written(input.resource)
	applies(range)
	some reserved in cidr.reserved
	cidr.overlaps(range.cidr, reserved)
	message := sprintf("%s %s overlaps %s, which AKS keeps for itself", [range.name, range.cidr, reserved])
	evidence := [ranges.overlap_evidence(range.cidr, reserved)]
}

deny contains {"path": space.path, "resource": space.resource, "message": message, "evidence": evidence, "severity": "warning"} if {
	some space in ranges.vnet_spaces(input)
	some reserved in cidr.reserved
	cidr.overlaps(space.cidr, reserved)
	message := sprintf("address space %s of the cluster's virtual network %s overlaps %s, which AKS keeps for itself", [space.cidr, space.name, reserved])
	evidence := [ranges.overlap_evidence(space.cidr, reserved)]
}

applies(range) if startswith(range.name, "serviceCidr")

# Where the mode is not known, a pod range is written because it is used.
applies(range) if {
	startswith(range.name, "podCidr")
	not ranges.pods_in_subnet(input.resource)
}
