# METADATA
# title: Static address is reserved or taken
# description: Azure keeps the first four addresses and the last one of every subnet. An address of the cluster's service range never leaves the nodes, and one that another resource has cannot be given away twice. An address of the pod range is a warning. The rule needs the cluster of the Service.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/internal-lb
#   - ref: https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: error
#   targets: [Service]
#   remediation: Use an address of the subnet that is free - from the fifth on, not the last.
#   since: 0.1.0
#   catalogue: 702
package aksnetlint.rules["static-ip-reserved"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.cidr
import data.aksnetlint.lib.join
import data.aksnetlint.lib.ranges
import data.aksnetlint.lib.service

# Azure's own addresses of the subnet.
deny contains {
	"path": address.path,
	"message": sprintf("%s asks for %s, which Azure keeps for itself: of subnet %s (%s) it can be %s to %s", [
		address.key, address.ip, aks.last_segment(id), prefix,
		cidr.from_int(cidr.first(prefix) + join.kept_first), cidr.from_int(cidr.last(prefix) - 1),
	]),
} if {
	some address in addresses
	some id in join.subnet_ids(cluster, input.resource)
	some prefix in aks.subnet_ranges(cluster.deployment.resources[id])
	cidr.covers(prefix, address.ip)
	join.is_kept(prefix, address.ip)
}

# The Services' range.
deny contains {
	"path": address.path,
	"message": sprintf("%s asks for %s, which is in the service range %s of the cluster", [address.key, address.ip, range]),
} if {
	some address in addresses
	range := ranges.service(cluster.resource).cidr
	cidr.covers(range, address.ip)
}

# The pods' range.
deny contains {
	"path": address.path,
	"severity": "warning",
	"message": sprintf("%s asks for %s, which is in the pod range %s of the cluster", [address.key, address.ip, range]),
} if {
	some address in addresses
	range := ranges.pod(cluster.resource).cidr
	cidr.covers(range, address.ip)
}

# Another resource has it.
deny contains {
	"path": address.path,
	"message": sprintf("%s asks for %s, which %s has", [address.key, address.ip, concat(" and ", sort(owners))]),
} if {
	some address in addresses
	owners := join.owners(cluster, address.ip)
	count(owners) > 0
}

cluster := input.workspace.cluster

addresses contains address if {
	some address in join.static_ips(cluster, input.resource)
	service.is_ipv4(address.ip)
}
