# METADATA
# title: NetworkPolicy that nothing enforces
# description: The cluster has no network policy engine (networkPolicy is absent or none, the dataplane is not Cilium), so the API server accepts the NetworkPolicy and nothing enforces it. Where the policy denies traffic, what it should protect is open. With networkPlugin none the engine comes with the plugin that you install, and AKS Automatic brings Cilium.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/use-network-policies
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: warning
#   targets: [networking.k8s.io/NetworkPolicy]
#   remediation: Set networkPolicy on the cluster, cilium (with networkDataplane cilium) preferred.
#   since: 0.1.0
#   catalogue: 532
#   params:
#     deny_is_error: true
package aksnetlint.rules["networkpolicies-without-engine"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.policy_matrix

deny contains {"path": ["spec"], "message": "the cluster has no network policy engine: this NetworkPolicy is not enforced"} if {
	unenforced
	not severe
}

deny contains {"path": ["spec"], "message": message, "severity": "error"} if {
	unenforced
	severe
	message := sprintf("the cluster has no network policy engine: this NetworkPolicy denies all %s and is not enforced", [concat(" and ", denied)])
}

unenforced if {
	cluster := input.workspace.cluster.resource
	not policy_matrix.engine(cluster)
	not policy_matrix.cilium(cluster)
	not own_plugin(cluster)
	not automatic(cluster)
}

own_plugin(cluster) if aks.plugin(cluster) == "none"

automatic(cluster) if lower(cluster.sku.name) == "automatic"

severe if {
	data.params["networkpolicies-without-engine"].deny_is_error
	count(denied) > 0
}

# The directions that the policy closes: it applies to the direction and allows nothing.
denied contains direction if {
	some direction in ["ingress", "egress"]
	applies(input.resource.spec, direction)
	not allows(input.resource.spec, direction)
}

applies(spec, direction) if {
	some type in spec.policyTypes
	lower(type) == direction
}

# Without policyTypes a policy is for ingress; egress rules, which make it one for egress
# as well, allow something.
applies(spec, "ingress") if not spec.policyTypes

allows(spec, direction) if count(spec[direction]) > 0
