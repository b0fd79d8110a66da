# METADATA
# title: Nothing is denied without source ranges
# description: azure-deny-all-except-load-balancer-source-ranges adds its rule only where source ranges are set, in the spec or in an annotation. Service tags do not count as ranges. Alone the annotation has no effect.
# related_resources:
#   - ref: https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: warning
#   targets: [Service]
#   remediation: Add the source ranges, or drop the annotation.
#   since: 0.1.0
#   catalogue: 125
package aksnetlint.rules["deny-all-except-without-ranges"]

import data.aksnetlint.lib.service
import data.aksnetlint.lib.sources

deny contains {
	"path": service.path(sources.deny_all_key),
	"message": sprintf("%s has no effect: Service %s has no source ranges%s", [service.full(sources.deny_all_key), service.name(input.resource), tags]),
} if {
	service.is_azure_lb(input.resource)
	service.enabled(input.resource, sources.deny_all_key)
	count(sources.entries(input.resource)) == 0
}

tags := ", and service tags do not count" if {
	count(sources.tags(input.resource)) > 0
} else := ""
