# METADATA
# title: User-assigned NAT gateway without a subnet
# description: outboundType userAssignedNATGateway needs a subnet with a NAT gateway on it. Where no pool names a subnet, AKS makes the virtual network itself and there is no such gateway.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/nat-gateway
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Give vnetSubnetID, a subnet with a NAT gateway, or set outboundType to managedNATGateway.
#   since: 0.1.0
#   catalogue: 511
package aksnetlint.rules["outbound-user-nat-on-managed-vnet"]

import data.aksnetlint.lib.outbound

deny contains {"path": ["properties", "networkProfile", "outboundType"], "message": "outboundType userAssignedNATGateway needs a subnet with a NAT gateway, and no pool names a subnet"} if {
	outbound.type(input.resource) == "userassignednatgateway"
	outbound.managed_vnet(input)
}
