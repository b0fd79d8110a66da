# METADATA
# title: Feature does not work with kubenet
# description: kubenet has no Windows pools (AzureCNIOnlyForWindows), no virtual nodes (ACIConnectorRequiresAzureNetworking), no node auto-provisioning and no Application Gateway for Containers. A private cluster with a route table and DNS servers of its own does not come up until the table is attached by hand. Network policies and the Cilium dataplane are judged by policy-plugin-matrix, pod subnets by podsubnet-config, isolated clusters by outbound-none-block.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/configure-kubenet
#   - ref: https://learn.microsoft.com/azure/aks/private-clusters
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Use Azure CNI Overlay, which is also where kubenet clusters have to go before kubenet is retired.
#   since: 0.1.0
#   catalogue: 308
package aksnetlint.rules["kubenet-unsupported-combo"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.outbound
import data.aksnetlint.lib.routes

cluster := input.resource if aks.is_kubenet(input.resource)

deny contains {"path": ["properties", "osType"], "resource": id, "message": message} if {
	cluster
	some id, pool in aks.pools(input)
	aks.is_windows(pool)
	message := sprintf("pool %s is a Windows pool, which kubenet does not support", [aks.pool_name(pool)])
}

deny contains {"path": ["properties", "addonProfiles", name, "enabled"], "message": message} if {
	some name in outbound.virtual_nodes(cluster)
	message := "virtual nodes (aciConnectorLinux) need Azure CNI, networkPlugin is kubenet"
}

deny contains {"path": ["properties", "nodeProvisioningProfile", "mode"], "message": message} if {
	aks.word(cluster.properties.nodeProvisioningProfile.mode) == "auto"
	message := "node auto-provisioning does not work with kubenet"
}

deny contains {"path": ["properties", "ingressProfile", "applicationLoadBalancer", "enabled"], "message": message} if {
	cluster.properties.ingressProfile.applicationLoadBalancer.enabled == true
	message := "Application Gateway for Containers does not work with kubenet"
}

deny contains {"path": ["properties", "networkProfile", "networkPlugin"], "message": message, "severity": "warning"} if {
	outbound.private_cluster(cluster)
	some id in aks.node_subnet_ids(input)
	table := aks.route_table_id(input.deployment.resources[id])
	not routes.is_managed(table)
	vnet := input.deployment.resources[aks.subnet_vnet_id(id)]
	count(vnet.properties.dhcpOptions.dnsServers) > 0
	message := sprintf("a private kubenet cluster with route table %s and DNS servers of its own does not come up until the table is attached by hand", [aks.last_segment(table)])
}
