# METADATA
# title: Annotation of a public IP on an internal load balancer
# description: Names, prefixes, tags, DNS labels and the resource group of a public IP are ignored on an internal Service, which has no public IP. Either the annotation or the internal one is left over.
# related_resources:
#   - ref: https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/
#   - ref: https://learn.microsoft.com/azure/aks/static-ip
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: warning
#   targets: [Service]
#   remediation: Remove the annotation, or remove azure-load-balancer-internal if the Service is meant to be public.
#   since: 0.1.0
#   catalogue: 107
package aksnetlint.rules["public-only-annotation-on-internal"]

import data.aksnetlint.lib.annotations
import data.aksnetlint.lib.service

deny contains {
	"path": service.path(key),
	"message": sprintf("%s is ignored: Service %s is internal and has no public IP", [service.full(key), service.name(input.resource)]),
} if {
	service.is_azure_lb(input.resource)
	service.is_internal(input.resource)
	some key, facts in annotations.known
	facts.public_only
	trim_space(service.annotation(input.resource, key)) != ""
}
