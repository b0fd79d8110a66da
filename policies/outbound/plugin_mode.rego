# METADATA
# title: networkPluginMode does not fit
# description: networkPluginMode overlay works only with networkPlugin azure, without pod subnets, without availability sets, without virtual machines of the DCsv2 series and without virtual nodes.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/azure-cni-overlay
#   - ref: https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-overlay
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Set networkPlugin to azure and remove what overlay does not support, or remove networkPluginMode.
#   since: 0.1.0
#   catalogue: 531
package aksnetlint.rules["plugin-mode"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.outbound

profile := input.resource.properties.networkProfile

overlay if lower(profile.networkPluginMode) == "overlay"

deny contains {"path": ["properties", "networkProfile", "networkPluginMode"], "message": message} if {
	overlay
	plugin := lower(profile.networkPlugin)
	not plugin in {"", "azure"}
	message := sprintf("networkPluginMode overlay needs networkPlugin azure, not %s", [plugin])
}

deny contains {"path": ["properties", "podSubnetID"], "resource": id, "message": message} if {
	overlay
	some id, pool in aks.pools(input)
	aks.pod_subnet_id(pool)
	message := sprintf("pool %s names a pod subnet, which networkPluginMode overlay does not use", [aks.pool_name(pool)])
}

deny contains {"path": ["properties", "type"], "resource": id, "message": message} if {
	overlay
	some id, pool in aks.pools(input)
	aks.word(pool.properties.type) == "availabilityset"
	message := sprintf("pool %s is an availability set, which networkPluginMode overlay does not support", [aks.pool_name(pool)])
}

deny contains {"path": ["properties", "vmSize"], "resource": id, "message": message} if {
	overlay
	some id, pool in aks.pools(input)
	regex.match(`(?i)^standard_dc[0-9]+s?_v2$`, pool.properties.vmSize)
	message := sprintf("pool %s has %s of the DCsv2 series, which networkPluginMode overlay does not support", [aks.pool_name(pool), pool.properties.vmSize])
}

deny contains {"path": ["properties", "addonProfiles", addon], "message": "virtual nodes do not work with networkPluginMode overlay"} if {
	overlay
	some addon in outbound.virtual_nodes(input.resource)
}
