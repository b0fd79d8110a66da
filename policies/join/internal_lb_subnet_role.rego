# METADATA
# title: No role on the subnet of the load balancer
# description: The Azure cloud controller reads and joins the subnet of an internal load balancer as the cluster's identity, which needs Network Contributor on the subnet or its virtual network; without it the Service stays without address (SyncLoadBalancerFailed, AuthorizationFailed on subnets/read). The templates deploy the subnet and assign no such role to anybody; it may be assigned elsewhere. The rule needs the cluster of the Service.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/internal-lb
#   - ref: https://learn.microsoft.com/azure/aks/concepts-network-cni-overview
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: warning
#   targets: [Service]
#   remediation: Assign Network Contributor on the subnet or the virtual network to the cluster's identity.
#   since: 0.1.0
#   catalogue: 704
package aksnetlint.rules["internal-lb-subnet-role"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.join
import data.aksnetlint.lib.roles
import data.aksnetlint.lib.service

deny contains {
	"path": service.path(join.subnet_key),
	"message": sprintf("no role assignment of the templates lets the identity of cluster %s join subnet %s, or its virtual network", [aks.name(cluster.resource), name]),
} if {
	name := join.named(input.resource)
	some id in join.ids_of(cluster, name)
	subnet := cluster.deployment.resources[id]
	not aks.is_existing(subnet)
	not roles.network_role_on(cluster, id)
}

cluster := input.workspace.cluster
