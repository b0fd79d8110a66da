# METADATA
# title: Only annotations of another cloud
# description: The Service carries load balancer annotations of another cloud and none of Azure. AKS does not read them, so that the load balancer is public whatever they say. Charts for several clouds that carry the annotations of each are not judged.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/internal-lb
#   - ref: https://kubernetes.io/docs/concepts/services-networking/service/#internal-load-balancer
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: warning
#   targets: [Service]
#   remediation: 'Use the annotation of Azure, service.beta.kubernetes.io/azure-load-balancer-internal: "true", in place of or beside that of the other cloud.'
#   since: 0.1.0
#   catalogue: 106
package aksnetlint.rules["foreign-cloud-annotation-only"]

import data.aksnetlint.lib.annotations
import data.aksnetlint.lib.exposure
import data.aksnetlint.lib.service

deny contains {
	"path": ["metadata", "annotations", first],
	"message": sprintf("%s is an annotation of %s and not read in AKS: Service %s is public", [first, annotations.cloud(first), service.name(input.resource)]),
} if {
	service.is_azure_lb(input.resource)
	count(annotations.azure_keys(service.annotations(input.resource))) == 0
	not exposure.refused(input.resource)
	not exposure.has_reason(service.annotations(input.resource))
	foreign := {name |
		some name, _ in service.annotations(input.resource)
		annotations.cloud(name)
	}
	first := min(foreign)
}
