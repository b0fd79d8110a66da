# METADATA
# title: Upgrade settings do not work
# description: maxSurge is a number of nodes or 1 % to 100 %; 0 works only with maxUnavailable, since an upgrade must either add or take away nodes. maxUnavailable is not for system pools. maxSurge 100 % doubles the pool during an upgrade, with all its addresses and quota.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/upgrade-aks-node-pools-rolling
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters/agentPools]
#   remediation: Set maxSurge to 10 % to 33 %, or to 0 together with maxUnavailable on a user pool.
#   since: 0.1.0
#   catalogue: 217
package aksnetlint.rules["upgrade-settings"]

import data.aksnetlint.lib.aks

pool := input.resource

settings := pool.properties.upgradeSettings

surge_path := ["properties", "upgradeSettings", "maxSurge"]

unavailable_path := ["properties", "upgradeSettings", "maxUnavailable"]

# What is written, "" counting as absent.
max_surge := value if {
	value := settings.maxSurge
	not value in {"", null}
}

max_unavailable := value if {
	value := settings.maxUnavailable
	not value in {"", null}
}

deny contains {"path": surge_path, "message": message} if {
	aks.surge_number(max_surge) == 0
	not takes_nodes_away
	message := sprintf("maxSurge of pool %s is 0 without maxUnavailable: an upgrade can neither add nor take away a node", [aks.pool_name(pool)])
}

takes_nodes_away if aks.surge_number(max_unavailable) > 0

takes_nodes_away if aks.surge_percent(max_unavailable) > 0

deny contains {"path": surge_path, "message": message} if {
	is_string(max_surge)
	not aks.surge_number(max_surge)
	not is_percentage
	message := sprintf("maxSurge %q of pool %s is neither a number of nodes nor 1%% to 100%%", [max_surge, aks.pool_name(pool)])
}

is_percentage if {
	percent := aks.surge_percent(max_surge)
	percent >= 1
	percent <= 100
}

deny contains {"path": unavailable_path, "message": message, "severity": "warning"} if {
	aks.is_system(pool)
	takes_nodes_away
	message := sprintf("system pool %s sets maxUnavailable, which is for user pools only", [aks.pool_name(pool)])
}

deny contains {"path": surge_path, "message": message, "severity": "warning"} if {
	aks.surge_percent(max_surge) == 100
	message := sprintf("maxSurge 100%% doubles pool %s to %v nodes during an upgrade", [aks.pool_name(pool), 2 * aks.capacity(pool)])
}
