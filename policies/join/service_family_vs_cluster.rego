# METADATA
# title: Service asks for an address family that the cluster does not have
# description: A cluster has IPv4 only unless its networkProfile.ipFamilies says otherwise. The API server refuses a Service that requires both families, or that names IPv6, in such a cluster. A warning where the Service prefers both families and lists them. The rule needs the cluster of the Service.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/configure-dual-stack
#   - ref: https://kubernetes.io/docs/concepts/services-networking/dual-stack/
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: error
#   targets: [Service]
#   remediation: Make the cluster dual-stack (ipFamilies IPv4 and IPv6), or the Service IPv4.
#   since: 0.1.0
#   catalogue: 709
package aksnetlint.rules["service-family-vs-cluster"]

import data.aksnetlint.lib.ranges
import data.aksnetlint.lib.service

deny contains {
	"path": ["spec", "ipFamilyPolicy"],
	"message": sprintf("ipFamilyPolicy is RequireDualStack, but the cluster has %s only: the API server refuses the Service", [cluster_words]),
} if {
	judged
	svc.spec.ipFamilyPolicy == "RequireDualStack"
	not ranges.dual_stack(cluster)
}

deny contains {
	"path": ["spec", "ipFamilies", i],
	"severity": severity,
	"message": sprintf("the Service asks for %s, but the cluster has %s only: the API server refuses it", [family, cluster_words]),
} if {
	judged
	some i, family in service.families(svc)
	family in {"IPv4", "IPv6"}
	not lower(family) in ranges.families(cluster)
}

svc := input.resource

cluster := input.workspace.cluster.resource

# Names of another domain and headless Services without a selector have no addresses of
# the cluster.
judged if {
	not svc.spec.type == "ExternalName"
	not is_bare_headless
}

is_bare_headless if {
	svc.spec.clusterIP == "None"
	not svc.spec.selector
}

default severity := "error"

severity := "warning" if svc.spec.ipFamilyPolicy == "PreferDualStack"

cluster_words := concat(" and ", [replace(family, "ipv", "IPv") | some family in ranges.families(cluster)])
