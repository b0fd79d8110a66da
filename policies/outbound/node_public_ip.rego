# METADATA
# title: Nodes have public IP addresses
# description: enableNodePublicIP gives every node an address on the internet. With authorized IP ranges those addresses must be allowed too, which only a public IP prefix makes possible. With user-defined routing it is refused, see udr-conflicts.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/use-node-public-ips
#   - ref: https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges
# schemas:
#   - input: schema.arm
# custom:
#   severity: warning
#   targets: [Microsoft.ContainerService/managedClusters, Microsoft.ContainerService/managedClusters/agentPools]
#   remediation: Remove enableNodePublicIP, or take the addresses from a prefix (nodePublicIPPrefixID).
#   since: 0.1.0
#   catalogue: 543
package aksnetlint.rules["node-public-ip"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.outbound

deny contains {"path": ["properties", "enableNodePublicIP"], "resource": id, "message": message} if {
	# The other outbound types are judged by udr-conflicts and outbound-none-block.
	not outbound.type(input.resource) in {"userdefinedrouting", "none", "block"}
	some id, pool in aks.judged_pools(input)
	pool.properties.enableNodePublicIP == true
	not prefix(pool)
	message := sprintf("pool %s gives every node a public IP address%s", [aks.pool_name(pool), consequence])
}

prefix(pool) if pool.properties.nodePublicIPPrefixID != ""

consequence := ", which authorizedIPRanges cannot list in advance" if {
	count(outbound.authorized_ranges(input.resource)) > 0
} else := ""
