# METADATA
# title: Subnet has a NAT gateway, outboundType says otherwise
# description: A node subnet with a NAT gateway sends everything through it. AKS refuses to create a cluster there whose outboundType is not userAssignedNATGateway (loadBalancer where it is omitted); updates of an existing cluster are tolerated. Next to user-defined routing the same is likely but not seen, so it is a warning.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/nat-gateway
#   - ref: https://learn.microsoft.com/azure/aks/egress-outboundtype
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Set outboundType to userAssignedNATGateway, or detach the gateway from the subnet.
#   since: 0.1.0
#   catalogue: 513
package aksnetlint.rules["nat-on-subnet-but-other-outbound"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.outbound

deny contains {"path": ["properties", "networkProfile", "outboundType"], "message": message, "severity": severity} if {
	type := outbound.type(input.resource)
	severity := severities[type]
	some id in outbound.node_subnets(input)
	subnet := input.deployment.resources[id]
	outbound.nat_gateway_id(subnet)
	message := sprintf("node subnet %s has a NAT gateway, but outboundType is %s", [aks.name(subnet), outbound.type_words[type]])
}

# A managed NAT gateway in a network of one's own is refused by
# outbound-managed-nat-on-byo-vnet.
severities := {"loadbalancer": "error", "userdefinedrouting": "warning", "none": "warning"}
