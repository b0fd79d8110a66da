# METADATA
# title: Outbound type none or block without a network-isolated cluster
# description: outboundType none and block are for network-isolated clusters. Nodes cannot pull what they need at start from the internet, so bootstrapProfile.artifactSource is Cache, and the API server is private or integrated into the virtual network. Windows pools and kubenet are not supported. block works only in the virtual network that AKS makes. A node with a public IP leaves the isolation. For none in a network of your own the missing pieces may be provided by the network, so they are warnings there.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/concepts-network-isolated
#   - ref: https://learn.microsoft.com/azure/aks/egress-outboundtype
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Follow the prerequisites of network-isolated clusters, or choose another outboundType.
#   since: 0.1.0
#   catalogue: 515
package aksnetlint.rules["outbound-none-block"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.outbound

type := name if {
	name := outbound.type(input.resource)
	name in {"none", "block"}
}

# block is refused; none is also used where the network provides a way out.
severity := {"block": "error", "none": "warning"}[type]

deny contains {"path": ["properties", "bootstrapProfile", "artifactSource"], "message": message, "severity": severity} if {
	type
	not outbound.artifact_cache(input.resource)
	message := sprintf("outboundType %s, but bootstrapProfile.artifactSource is not Cache: nodes cannot pull what they need from the internet", [type])
}

deny contains {"path": ["properties", "apiServerAccessProfile"], "message": message, "severity": severity} if {
	type
	not outbound.private_cluster(input.resource)
	not outbound.vnet_integration(input.resource)
	message := sprintf("outboundType %s, but the API server is neither private nor integrated into the virtual network: nodes cannot reach it", [type])
}

deny contains {"path": ["properties", "osType"], "resource": id, "message": message, "severity": severity} if {
	type
	some id, pool in aks.pools(input)
	aks.is_windows(pool)
	message := sprintf("pool %s is a Windows pool, which outboundType %s does not support", [aks.pool_name(pool), type])
}

deny contains {"path": ["properties", "networkProfile", "networkPlugin"], "message": message, "severity": severity} if {
	type
	aks.is_kubenet(input.resource)
	message := sprintf("networkPlugin is kubenet, which outboundType %s does not support", [type])
}

deny contains {"path": ["properties", "networkProfile", "outboundType"], "message": message} if {
	type == "block"
	names := {aks.pool_name(pool) | some pool in aks.pools(input); aks.node_subnet_id(pool)}
	count(names) > 0
	message := sprintf("outboundType block does not work with a virtual network of your own: pool %s names a subnet", [min(names)])
}

deny contains {"path": ["properties", "enableNodePublicIP"], "resource": id, "message": message, "severity": "warning"} if {
	type
	some id, pool in aks.pools(input)
	pool.properties.enableNodePublicIP == true
	message := sprintf("pool %s gives its nodes public IPs, which leaves the isolation of outboundType %s", [aks.pool_name(pool), type])
}
