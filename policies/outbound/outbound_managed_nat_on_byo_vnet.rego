# METADATA
# title: Managed NAT gateway with a virtual network of your own
# description: outboundType managedNATGateway works only in the virtual network that AKS makes. Where a pool names a subnet, AKS refuses the cluster (ManagedNATGatewayWithCustomVNetNotAllowed).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/nat-gateway
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Make a NAT gateway, attach it to the node subnet and set outboundType to userAssignedNATGateway.
#   since: 0.1.0
#   catalogue: 510
package aksnetlint.rules["outbound-managed-nat-on-byo-vnet"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.outbound

deny contains {"path": ["properties", "networkProfile", "outboundType"], "message": message} if {
	outbound.type(input.resource) == "managednatgateway"
	names := {aks.pool_name(pool) | some pool in aks.pools(input); aks.node_subnet_id(pool)}
	count(names) > 0
	message := sprintf("outboundType %s does not work with a virtual network of your own: pool %s names a subnet", [input.resource.properties.networkProfile.outboundType, min(names)])
}
