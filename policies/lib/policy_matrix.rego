# METADATA
# description: |
#   Which network policy engine runs with which way of giving pods their addresses, and
#   with which dataplane. Sources: https://learn.microsoft.com/azure/aks/use-network-policies,
#   https://learn.microsoft.com/azure/aks/azure-cni-powered-by-cilium and the error codes
#   NetworkPolicyAzureNotSupportedForKubenet and NetworkPolicyNotSupportedForNone of the
#   AKS resource provider.
package aksnetlint.lib.policy_matrix

import data.aksnetlint.lib.aks

# The modes are those of aksnetlint.lib.aks.mode.
azure_cni := {"node-subnet", "pod-subnet-dynamic", "pod-subnet-static", "overlay"}

# modes[engine]: the modes in which AKS accepts the engine.
modes := {
	"azure": azure_cni,
	"calico": (azure_cni | {"kubenet"}),
	"cilium": azure_cni,
}

# dataplane_modes: the modes in which AKS accepts networkDataplane cilium.
dataplane_modes := azure_cni

# refused(engine, mode): AKS refuses the engine in this mode.
refused(engine, mode) if not mode in modes[engine]

# engine(cluster): networkPolicy in lower case; undefined where there is none.
engine(cluster) := name if {
	name := aks.word(cluster.properties.networkProfile.networkPolicy)
	name != "none"
}

# dataplane(cluster): networkDataplane in lower case; undefined where there is none. Preview API
# versions before 2023-05 called it ebpfDataplane.
dataplane(cluster) := name if {
	name := aks.word(cluster.properties.networkProfile.networkDataplane)
} else := aks.word(cluster.properties.networkProfile.ebpfDataplane)

# cilium(cluster): the Cilium dataplane runs, which enforces network policies itself.
cilium(cluster) if dataplane(cluster) == "cilium"

# Words for the modes, for messages.
mode_words := {
	"kubenet": "kubenet",
	"overlay": "Azure CNI Overlay",
	"node-subnet": "Azure CNI node subnet",
	"pod-subnet-dynamic": "Azure CNI pod subnet",
	"pod-subnet-static": "Azure CNI pod subnet (static block)",
	"none": "networkPlugin none",
}
