# METADATA
# title: Private link service in the subnet of the pods
# description: With externalTrafficPolicy Local a private link service must not be in the subnet that pods take their addresses from. Its subnet is that of azure-pls-ip-configuration-subnet, else of azure-load-balancer-internal-subnet, else the subnet of the nodes. The rule needs the cluster of the Service.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/internal-lb
#   - ref: https://cloud-provider-azure.sigs.k8s.io/topics/pls-integration/
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: warning
#   targets: [Service]
#   remediation: Name another subnet with azure-pls-ip-configuration-subnet, or use externalTrafficPolicy Cluster.
#   since: 0.1.0
#   catalogue: 157
package aksnetlint.rules["pls-etp-local-subnet"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.pls
import data.aksnetlint.lib.service

# A subnet that is named.
deny contains {
	"path": service.path(chosen.key),
	"message": sprintf("the private link service is in subnet %s, where the pods are: this does not work with externalTrafficPolicy Local", [chosen.name]),
} if {
	applies
	chosen := pls.subnet(input.resource)
	lower(chosen.name) in names(pod_subnets)
}

# The subnet of the nodes.
deny contains {
	"path": service.path(pls.create_key),
	"message": sprintf("the private link service is in the subnet of the nodes (%s), where the pods are: this does not work with externalTrafficPolicy Local", [concat(", ", shared)]),
} if {
	applies
	not pls.subnet(input.resource)
	shared := names(aks.node_subnet_ids(cluster) & pod_subnets)
	count(shared) > 0
}

cluster := input.workspace.cluster

applies if {
	pls.wanted(input.resource)
	service.local_traffic(input.resource)
}

# The subnets that pods take addresses from, by lower-cased id.
pod_subnets contains aks.pod_subnet_id(pool) if {
	some pool in aks.pools(cluster)
}

pod_subnets contains aks.node_subnet_id(pool) if {
	some pool in aks.pools(cluster)
	aks.pool_mode(cluster.resource, pool) == "node-subnet"
}

names(ids) := {aks.last_segment(id) | some id in ids}
