# METADATA
# title: External traffic policy and who reaches the Service
# description: With externalTrafficPolicy Local only nodes that run a pod of the Service take its traffic, and clients keep their address; with Cluster all nodes take it, and pods see the address of a node. On an internal load balancer with Local, machines inside the address range of the cluster that are not its nodes do not get through in modes where pods have addresses of the virtual network. In dual-stack clusters Services on Azure Linux nodes need Local.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/configure-load-balancer-standard
#   - ref: https://learn.microsoft.com/azure/aks/concepts-network-legacy-cni
#   - ref: https://learn.microsoft.com/azure/aks/configure-dual-stack
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: warning
#   targets: [Service]
#   remediation: Choose the policy that the clients need; with an internal load balancer and Local test from outside the range of the nodes.
#   since: 0.1.0
#   catalogue: 144
package aksnetlint.rules["external-traffic-policy"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.ranges
import data.aksnetlint.lib.service

path := ["spec", "externalTrafficPolicy"]

svc := input.resource

deny contains {
	"path": path,
	"message": sprintf("internal Service %s with externalTrafficPolicy Local cannot be reached from machines in the address range of the cluster that are not its nodes%s", [service.name(svc), condition]),
} if {
	service.is_azure_lb(svc)
	service.is_internal(svc)
	service.local_traffic(svc)
	not own_pod_range
}

deny contains {
	"path": path,
	"message": sprintf("Service %s needs externalTrafficPolicy Local: the cluster is dual-stack and pool %s runs Azure Linux", [service.name(svc), aks.pool_name(pool)]),
} if {
	service.is_azure_lb(svc)
	not service.local_traffic(svc)
	ranges.dual_stack(input.workspace.cluster.resource)
	some pool in aks.pools(input.workspace.cluster)
	aks.word(pool.properties.osSKU) in {"azurelinux", "azurelinux3", "mariner", "cblmariner"}
}

deny contains {
	"path": path,
	"severity": "note",
	"message": sprintf("Service %s has externalTrafficPolicy %s: %s", [service.name(svc), svc.spec.externalTrafficPolicy, effects[svc.spec.externalTrafficPolicy]]),
} if {
	service.is_azure_lb(svc)
	not service.is_internal(svc)
}

effects := {
	"Cluster": "pods see the address of a node, not that of the client",
	"Local": "only nodes that run one of its pods take traffic, clients keep their address",
}

# Pods have a range of their own, not addresses of the virtual network.
own_pod_range if ranges.has_pod_range(input.workspace.cluster.resource)

condition := "" if {
	input.workspace.cluster.resource
} else := ", unless its pods have a range of their own"
