# METADATA
# title: Setting does not work with a Basic load balancer
# description: A cluster with a Basic load balancer cannot have authorized IP ranges, a private API server, availability zones, another outbound type than loadBalancer, or more than one pool.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/load-balancer-standard
#   - ref: https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Set loadBalancerSku to standard.
#   since: 0.1.0
#   catalogue: 501
package aksnetlint.rules["basic-lb-incompatible"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.outbound

basic if outbound.basic_load_balancer(input.resource)

sku := ["properties", "networkProfile", "loadBalancerSku"]

deny contains {"path": ["properties", "apiServerAccessProfile", "authorizedIPRanges"], "message": "authorized IP ranges need a Standard load balancer, loadBalancerSku is basic"} if {
	basic
	count(outbound.authorized_ranges(input.resource)) > 0
}

deny contains {"path": ["properties", "apiServerAccessProfile", "enablePrivateCluster"], "message": "a private cluster needs a Standard load balancer, loadBalancerSku is basic"} if {
	basic
	outbound.private_cluster(input.resource)
}

deny contains {"path": ["properties", "networkProfile", "outboundType"], "message": message} if {
	basic
	type := outbound.type(input.resource)
	type != "loadbalancer"
	message := sprintf("outboundType %s needs a Standard load balancer, loadBalancerSku is basic", [outbound.type_words[type]])
}

deny contains {"path": ["properties", "availabilityZones"], "resource": id, "message": message} if {
	basic
	some id, pool in aks.pools(input)
	count(pool.properties.availabilityZones) > 0
	message := sprintf("availability zones of pool %s need a Standard load balancer, loadBalancerSku is basic", [aks.pool_name(pool)])
}

deny contains {"path": sku, "message": message} if {
	basic
	number := count(aks.pools(input))
	number > 1
	message := sprintf("%v pools need a Standard load balancer, loadBalancerSku is basic", [number])
}
