# METADATA
# title: NAT gateway is not attached to the subnet, or has no public IP
# description: With outboundType userAssignedNATGateway every node subnet, and every pod subnet, must have a NAT gateway (SubnetNotAssociatedWithNATGateway), and the gateway must have a public IP address or a public IP prefix (NATGatewayNotAssociatedWithPublicIPOrIPPrefix). AKS refuses the cluster otherwise. Only subnets and gateways that the templates declare are judged.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/nat-gateway
#   - ref: https://learn.microsoft.com/azure/aks/egress-outboundtype
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Set natGateway.id on the subnet, and publicIpAddresses or publicIpPrefixes on the gateway.
#   since: 0.1.0
#   catalogue: 512
package aksnetlint.rules["nat-gateway-not-on-subnet"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.outbound

user_nat if outbound.type(input.resource) == "userassignednatgateway"

deny contains {"path": ["properties", "natGateway"], "resource": id, "message": message} if {
	user_nat
	some id in outbound.subnets(input)
	subnet := input.deployment.resources[id]
	not outbound.nat_gateway_id(subnet)
	message := sprintf("subnet %s has no NAT gateway, and outboundType is userAssignedNATGateway", [aks.name(subnet)])
}

deny contains {"path": ["properties", "publicIpAddresses"], "resource": id, "message": message} if {
	user_nat
	some id in outbound.nat_gateways(input)
	gateway := input.deployment.resources[id]
	not has_public_ip(gateway)
	message := sprintf("NAT gateway %s has neither a public IP address nor a public IP prefix", [aks.name(gateway)])
}

has_public_ip(gateway) if {
	some name, list in gateway.properties
	lower(name) in {"publicipaddresses", "publicipprefixes", "publicipaddressesv6", "publicipprefixesv6"}
	count(list) > 0
}
