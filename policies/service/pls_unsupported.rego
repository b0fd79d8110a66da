# METADATA
# title: Cluster does not support private link services
# description: A private link service needs a Standard load balancer whose backend pool holds IP configurations of the nodes (loadBalancerProfile.backendPoolType nodeIPConfiguration), and pods that do not take blocks of addresses (podIPAllocationMode StaticBlock). The rule needs the cluster of the Service.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/internal-lb
#   - ref: https://learn.microsoft.com/azure/aks/configure-azure-cni-static-block-allocation
#   - ref: https://cloud-provider-azure.sigs.k8s.io/topics/pls-integration/
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: error
#   targets: [Service]
#   remediation: Use backendPoolType nodeIPConfiguration, a Standard load balancer and another way to give pods addresses.
#   since: 0.1.0
#   catalogue: 156
package aksnetlint.rules["pls-unsupported"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.outbound
import data.aksnetlint.lib.pls
import data.aksnetlint.lib.service

deny contains {
	"path": service.path(pls.create_key),
	"message": sprintf("the cluster does not support the private link service of Service %s: %s", [service.name(input.resource), reason]),
} if {
	pls.wanted(input.resource)
	some reason in reasons
}

cluster := input.workspace.cluster

reasons contains "its backendPoolType is nodeIP" if {
	aks.word(cluster.resource.properties.networkProfile.loadBalancerProfile.backendPoolType) == "nodeip"
}

reasons contains "its load balancer is Basic" if outbound.basic_load_balancer(cluster.resource)

reasons contains sprintf("pool %s gives pods blocks of addresses (StaticBlock)", [aks.pool_name(pool)]) if {
	some pool in aks.pools(cluster)
	aks.pool_mode(cluster.resource, pool) == "pod-subnet-static"
}
