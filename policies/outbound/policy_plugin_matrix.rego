# METADATA
# title: Network policy engine does not fit the plugin or the dataplane
# description: Azure network policies (NPM) and Cilium need Azure CNI (NetworkPolicyAzureNotSupportedForKubenet); kubenet takes Calico alone, and networkPlugin none takes no engine (NetworkPolicyNotSupportedForNone). networkPolicy cilium and networkDataplane cilium go together, the engines azure and calico do not run on the Cilium dataplane, and Cilium has no Windows nodes. Azure NPM ends on 2026-09-30 for Windows and on 2028-09-30 for Linux.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/use-network-policies
#   - ref: https://learn.microsoft.com/azure/aks/azure-cni-powered-by-cilium
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Choose an engine that the plugin supports; Cilium (networkDataplane and networkPolicy cilium) on Azure CNI is the recommended one.
#   since: 0.1.0
#   catalogue: 530
package aksnetlint.rules["policy-plugin-matrix"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.policy_matrix
import data.aksnetlint.lib.retirements

policy_path := ["properties", "networkProfile", "networkPolicy"]

dataplane_path := ["properties", "networkProfile", "networkDataplane"]

engine := policy_matrix.engine(input.resource)

mode := aks.mode(input.resource)

cilium_dataplane if policy_matrix.cilium(input.resource)

deny contains {"path": policy_path, "message": message} if {
	policy_matrix.refused(engine, mode)
	message := sprintf("networkPolicy %s is refused with %s", [engine, policy_matrix.mode_words[mode]])
}

deny contains {"path": dataplane_path, "message": message} if {
	cilium_dataplane
	not mode in policy_matrix.dataplane_modes
	message := sprintf("networkDataplane cilium is refused with %s", [policy_matrix.mode_words[mode]])
}

deny contains {"path": dataplane_path, "message": "networkPolicy cilium needs networkDataplane cilium"} if {
	engine == "cilium"
	mode in policy_matrix.modes.cilium
	not cilium_dataplane
}

deny contains {"path": policy_path, "message": message} if {
	cilium_dataplane
	engine in {"azure", "calico"}
	message := sprintf("networkPolicy %s does not run on networkDataplane cilium", [engine])
}

deny contains {"path": ["properties", "osType"], "resource": id, "message": message} if {
	cilium_dataplane
	some id, pool in aks.pools(input)
	aks.is_windows(pool)
	message := sprintf("pool %s is a Windows pool, which networkDataplane cilium does not support", [aks.pool_name(pool)])
}

deny contains {"path": dataplane_path, "message": message, "severity": "note"} if {
	cilium_dataplane
	not engine
	mode in policy_matrix.dataplane_modes
	message := "networkDataplane is cilium and networkPolicy is not set: Cilium enforces network policies all the same"
}

deny contains {"path": policy_path, "message": message, "severity": "warning"} if {
	engine == "azure"
	not policy_matrix.refused(engine, mode)
	not cilium_dataplane
	message := sprintf("networkPolicy azure (NPM): support on Linux %s", [retirements.phrase("azure-npm-linux")])
}

deny contains {"path": ["properties", "osType"], "resource": id, "message": message, "severity": "warning"} if {
	engine == "azure"
	not policy_matrix.refused(engine, mode)
	some id, pool in aks.pools(input)
	aks.is_windows(pool)
	message := sprintf("networkPolicy azure (NPM) on the Windows pool %s: support on Windows %s", [aks.pool_name(pool), retirements.phrase("azure-npm-windows")])
}
