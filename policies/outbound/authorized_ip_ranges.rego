# METADATA
# title: Authorized IP ranges are not valid
# description: Authorized IP ranges limit who reaches a public API server. They do not work with a private cluster, there may be 200 of them (2,000 with API server VNet integration), and each must be an address range. Ranges with bits set after the prefix hide what they are; 0.0.0.0/0 lets everybody in. 0.0.0.0/32 is special and fine, it allows the cluster's own outbound address only.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Write network addresses with their prefix length, or remove the ranges from a private cluster.
#   since: 0.1.0
#   catalogue: 540
package aksnetlint.rules["authorized-ip-ranges"]

import data.aksnetlint.lib.cidr
import data.aksnetlint.lib.outbound

base := ["properties", "apiServerAccessProfile", "authorizedIPRanges"]

list := outbound.authorized_ranges(input.resource)

deny contains {"path": base, "message": "authorized IP ranges do not work with a private cluster"} if {
	count(list) > 0
	outbound.private_cluster(input.resource)
}

deny contains {"path": base, "message": message} if {
	limit := outbound.authorized_ranges_limit(input.resource)
	count(list) > limit
	message := sprintf("%v authorized IP ranges, at most %v are allowed", [count(list), limit])
}

deny contains {"path": array.concat(base, [i]), "message": message} if {
	some i, range in list
	is_string(range)
	not cidr.is_address(range)
	not cidr.valid(range)
	message := sprintf("authorized IP range %q is not an address range", [range])
}

deny contains {"path": array.concat(base, [i]), "message": message, "severity": "warning", "fix": fix} if {
	some i, range in list
	cidr.is_ipv4(range)
	network := cidr.canonical(range)
	network != range
	message := sprintf("authorized IP range %s has bits set after the prefix; the range is %s", [range, network])
	fix := [{"op": "replace", "path": sprintf("/properties/apiServerAccessProfile/authorizedIPRanges/%v", [i]), "value": network}]
}

deny contains {"path": array.concat(base, [i]), "message": "authorized IP range 0.0.0.0/0 lets every address on the internet reach the API server", "severity": "warning"} if {
	some i, range in list
	cidr.canonical(range) == "0.0.0.0/0"
}
