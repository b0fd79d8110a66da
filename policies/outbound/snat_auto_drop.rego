# METADATA
# title: Outbound ports of a node shrink as the cluster grows
# description: Where allocatedOutboundPorts is 0 or omitted, Azure gives each node ports by the size of the backend pool, 1024 up to 50 nodes, then 512, 256, 128, 64 and 32 beyond 100, 200, 400 and 800 nodes. When the autoscaler crosses one of those sizes every node loses half of its ports and connections in use may break.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/configure-load-balancer-standard
# schemas:
#   - input: schema.arm
# custom:
#   severity: note
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Set allocatedOutboundPorts for the largest size, or use a NAT gateway.
#   since: 0.1.0
#   catalogue: 522
package aksnetlint.rules["snat-auto-drop"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.outbound

deny contains {"path": ["properties", "networkProfile", "loadBalancerProfile", "allocatedOutboundPorts"], "message": message} if {
	outbound.type(input.resource) == "loadbalancer"
	not fixed
	now := sum([aks.node_count(pool) | some pool in aks.pools(input)])
	full := sum([aks.capacity(pool) | some pool in aks.pools(input)])
	outbound.automatic_ports(now) > outbound.automatic_ports(full)
	message := sprintf(
		"allocatedOutboundPorts is automatic: scaling from %v to %v nodes lowers the ports of each node from %v to %v",
		[now, full, outbound.automatic_ports(now), outbound.automatic_ports(full)],
	)
}

fixed if input.resource.properties.networkProfile.loadBalancerProfile.allocatedOutboundPorts > 0
