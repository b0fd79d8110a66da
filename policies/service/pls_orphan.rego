# METADATA
# title: Setting of a private link service that is not made
# description: The azure-pls-* annotations only count where azure-pls-create is true (in any case, blanks around it do not matter). Without it no private link service is made and they are ignored.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/internal-lb
#   - ref: https://cloud-provider-azure.sigs.k8s.io/topics/pls-integration/
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: warning
#   targets: [Service]
#   remediation: Add service.beta.kubernetes.io/azure-pls-create with the value "true", or drop the annotation.
#   since: 0.1.0
#   catalogue: 151
package aksnetlint.rules["pls-orphan"]

import data.aksnetlint.lib.pls
import data.aksnetlint.lib.service

deny contains {
	"path": service.path(key),
	"message": sprintf("%s is ignored: %s %s", [service.full(key), service.full(pls.create_key), state]),
	"fix": [{"op": "remove", "path": service.pointer(key)}],
} if {
	service.is_azure_lb(input.resource)
	not service.pls_enabled(input.resource)
	some key in pls.keys(input.resource)
}

state := sprintf("is %s, not \"true\"", [service.quoted(value)]) if {
	value := service.annotation(input.resource, pls.create_key)
} else := "is not set"
