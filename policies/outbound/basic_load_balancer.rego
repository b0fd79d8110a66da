# METADATA
# title: Cluster uses a retired kind of load balancer, pool or node image
# description: AKS blocks the creation of clusters with a Basic load balancer since 2025-03-31, and the Basic load balancer is retired since 2025-09-30, together with pools that are availability sets. Windows Server 2019 node images are retired since 2026-03-01.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/upgrade-basic-load-balancer-on-aks
#   - ref: https://learn.microsoft.com/azure/aks/availability-sets-on-aks
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters, Microsoft.ContainerService/managedClusters/agentPools]
#   remediation: Set loadBalancerSku to standard, make pools of type VirtualMachineScaleSets, and use Windows2022 or later.
#   since: 0.1.0
#   catalogue: 500
package aksnetlint.rules["basic-load-balancer"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.outbound
import data.aksnetlint.lib.retirements

deny contains {"path": ["properties", "networkProfile", "loadBalancerSku"], "message": message, "severity": severity} if {
	outbound.basic_load_balancer(input.resource)
	severity := retirements.severity("basic-load-balancer-creation", "warning", "error")
	message := sprintf(
		"loadBalancerSku basic: support of the Basic load balancer %s and creation is blocked from %s",
		[retirements.phrase("basic-load-balancer"), retirements.dates["basic-load-balancer-creation"]],
	)
}

deny contains {"path": ["properties", "type"], "resource": id, "message": message, "severity": severity} if {
	some id, pool in aks.judged_pools(input)
	aks.word(pool.properties.type) == "availabilityset"
	severity := retirements.severity("availability-set", "warning", "error")
	message := sprintf("pool %s is an availability set: support %s", [aks.pool_name(pool), retirements.phrase("availability-set")])
}

deny contains {"path": ["properties", "osSKU"], "resource": id, "message": message, "severity": severity} if {
	some id, pool in aks.judged_pools(input)
	aks.word(pool.properties.osSKU) == "windows2019"
	severity := retirements.severity("windows-2019", "warning", "error")
	message := sprintf("pool %s runs Windows2019: support %s", [aks.pool_name(pool), retirements.phrase("windows-2019")])
}
