# METADATA
# title: Subnet of the load balancer belongs to another service
# description: A load balancer cannot stand in a subnet that is delegated to another service, in the subnet of the API server, or in one of the subnets that Azure keeps for Bastion, Firewall, gateways and Route Server. A warning for a subnet of pods, which AKS delegates to itself.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/internal-lb
#   - ref: https://learn.microsoft.com/azure/virtual-network/subnet-delegation-overview
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: error
#   targets: [Service]
#   remediation: Name a subnet that is not delegated.
#   since: 0.1.0
#   catalogue: 705
package aksnetlint.rules["internal-subnet-delegated"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.join
import data.aksnetlint.lib.service

deny contains {
	"path": service.path(join.subnet_key),
	"message": sprintf("subnet %s cannot hold a load balancer: %s", [name, reason]),
} if some reason in reasons

deny contains {
	"path": service.path(join.subnet_key),
	"severity": "warning",
	"message": sprintf("subnet %s is the pod subnet of pool %s, which AKS delegates to itself: Azure may refuse a load balancer there", [name, aks.pool_name(pool)]),
} if {
	count(reasons) == 0
	some pool in aks.pools(cluster)
	aks.pod_subnet_id(pool) in ids
	not aks.pod_subnet_id(pool) in aks.node_subnet_ids(cluster)
}

name := join.named(input.resource)

cluster := input.workspace.cluster

ids := join.ids_of(cluster, name)

reasons contains sprintf("its name is kept for %s", [join.azure_subnets[lower(name)]])

reasons contains sprintf("it is delegated to %s", [delegation.properties.serviceName]) if {
	not is_api_server
	some id in ids
	some delegation in cluster.deployment.resources[id].properties.delegations
}

reasons contains "it is the subnet of the API server" if is_api_server

is_api_server if {
	aks.word(cluster.resource.properties.apiServerAccessProfile.subnetId) in ids
}
