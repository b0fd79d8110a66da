# METADATA
# title: Static address is not in the subnet of the frontend
# description: An internal load balancer takes its address from the subnet that azure-load-balancer-internal-subnet names, else from a subnet of the nodes. Azure refuses an address outside of it (PrivateIPAddressNotInSubnet) and the Service stays without address. A note where the cluster has several node subnets and only some of them hold the address. The rule needs the cluster of the Service.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/internal-lb
#   - ref: https://learn.microsoft.com/azure/aks/node-pool-unique-subnet
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: error
#   targets: [Service]
#   remediation: Use a free address of the subnet, or name the subnet that holds the address with azure-load-balancer-internal-subnet.
#   since: 0.1.0
#   catalogue: 700
package aksnetlint.rules["static-ip-outside-subnet"]

import data.aksnetlint.lib.join

deny contains {
	"path": address.path,
	"message": sprintf("%s asks for %s, which is not in %s, so that the Service gets no address", [address.key, address.ip, join.subnet_words(cluster, ids)]),
} if {
	some address in join.static_ips(cluster, input.resource)
	count(ids) > 0
	count(holding(address.ip)) == 0
}

deny contains {
	"path": address.path,
	"severity": "note",
	"message": sprintf("%s asks for %s, which is in %s only, and no annotation says which of the node subnets the frontend takes", [address.key, address.ip, join.subnet_words(cluster, some_ids)]),
} if {
	some address in join.static_ips(cluster, input.resource)
	some_ids := holding(address.ip)
	count(some_ids) > 0
	count(some_ids) < count(ids)
}

cluster := input.workspace.cluster

# The subnets that the frontend may be in, where the ranges of all are known.
ids := all if {
	all := join.subnet_ids(cluster, input.resource)
	every id in all { join.sized(cluster, id) }
}

holding(ip) := {id | some id in ids; join.holds(cluster, id, ip)}
