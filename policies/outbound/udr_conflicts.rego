# METADATA
# title: Setting conflicts with user-defined routing
# description: With outboundType userDefinedRouting AKS accepts neither a loadBalancerProfile (InvalidUserDefinedRoutingWithLoadBalancerProfile) nor node public IPs (UDRWithNodePublicIPNotAllowed).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/egress-udr
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Remove loadBalancerProfile and enableNodePublicIP, or choose another outboundType.
#   since: 0.1.0
#   catalogue: 514
package aksnetlint.rules["udr-conflicts"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.outbound

udr if outbound.type(input.resource) == "userdefinedrouting"

deny contains {"path": ["properties", "networkProfile", "loadBalancerProfile"], "message": "loadBalancerProfile does not work with outboundType userDefinedRouting"} if {
	udr
	count(input.resource.properties.networkProfile.loadBalancerProfile) > 0
}

deny contains {"path": ["properties", "enableNodePublicIP"], "resource": id, "message": message} if {
	udr
	some id, pool in aks.pools(input)
	pool.properties.enableNodePublicIP == true
	message := sprintf("pool %s gives its nodes public IPs, which does not work with outboundType userDefinedRouting", [aks.pool_name(pool)])
}
