# METADATA
# title: Static address in a subnet where pods take addresses
# description: In Azure CNI node subnet each node takes addresses for all its pods in advance, from anywhere in the subnet. An address that is fixed for a frontend in the same subnet may be taken when the Service is created, or created again. The rule needs the cluster of the Service.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/internal-lb
#   - ref: https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: note
#   targets: [Service]
#   remediation: Give frontends with fixed addresses a subnet of their own, named by azure-load-balancer-internal-subnet.
#   since: 0.1.0
#   catalogue: 703
package aksnetlint.rules["static-ip-in-pod-range-of-node-subnet"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.join

deny contains {
	"path": address.path,
	"message": sprintf("%s fixes %s in %s, where the nodes of %s take the addresses of their pods: one of them may have it", [
		address.key, address.ip, join.subnet_words(cluster, {id}), concat(", ", sort(names)),
	]),
} if {
	some address in join.static_ips(cluster, input.resource)
	some id in join.subnet_ids(cluster, input.resource)
	join.holds(cluster, id, address.ip)
	names := pools_in(id)
	count(names) > 0
}

cluster := input.workspace.cluster

pools_in(id) := {aks.pool_name(pool) |
	some pool in aks.pools(cluster)
	aks.node_subnet_id(pool) == id
	aks.pool_mode(cluster.resource, pool) == "node-subnet"
}
