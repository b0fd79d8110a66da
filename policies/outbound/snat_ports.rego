# METADATA
# title: Allocated outbound ports do not fit
# description: allocatedOutboundPorts is a multiple of 8 between 0 and 64000, and each outbound IP of the load balancer has 64,000 ports to give. Ports times nodes, with every pool at its maximum and its surge nodes added, must not be more than 64,000 times the number of outbound IPs, or AKS refuses the cluster (InvalidLoadBalancerProfileAllocatedOutboundPorts). 0 means that Azure chooses by the number of nodes.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/configure-load-balancer-standard
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Add outbound IPs, lower allocatedOutboundPorts or the nodes, or use a NAT gateway.
#   since: 0.1.0
#   catalogue: 521
package aksnetlint.rules["snat-ports"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.outbound

path := ["properties", "networkProfile", "loadBalancerProfile", "allocatedOutboundPorts"]

ports := number if {
	outbound.type(input.resource) == "loadbalancer"
	number := input.resource.properties.networkProfile.loadBalancerProfile.allocatedOutboundPorts
}

deny contains {"path": path, "message": message} if {
	outbound.outside(ports, outbound.allocated_ports)
	message := sprintf("allocatedOutboundPorts %v is outside %s", [ports, outbound.bounds_words(outbound.allocated_ports)])
}

deny contains {"path": path, "message": message} if {
	not outbound.outside(ports, outbound.allocated_ports)
	ports % outbound.ports_multiple != 0
	message := sprintf("allocatedOutboundPorts %v is not a multiple of %v", [ports, outbound.ports_multiple])
}

deny contains {"path": path, "message": message, "evidence": evidence} if {
	ports > 0
	nodes := sum([(aks.capacity(pool) + aks.surge(pool, input.resource)) | some pool in aks.pools(input)])
	ips := outbound.lb_ip_count(input)
	wanted := ports * nodes
	available := outbound.ports_per_ip * ips
	wanted > available
	needed := ceil(wanted / outbound.ports_per_ip)
	message := sprintf(
		"%v ports x %v nodes (%s) = %v; %v outbound %s %v, %v would do",
		[ports, nodes, outbound.pools_words(input), wanted, ips, outbound.ips_have(ips), available, needed],
	)
	evidence := [
		sprintf("%v x %v = %v", [ports, nodes, wanted]),
		sprintf("%v x %v = %v", [outbound.ports_per_ip, ips, available]),
		sprintf("%v / %v, rounded up = %v", [wanted, outbound.ports_per_ip, needed]),
	]
}
