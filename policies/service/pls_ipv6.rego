# METADATA
# title: Private link service has no IPv6
# description: A private link service only works with IPv4. For a Service that is IPv6 alone the Azure cloud controller stops with "IPv6 is not supported for private link service"; of a dual-stack Service only the IPv4 frontend is linked, which is a note.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/internal-lb
#   - ref: https://cloud-provider-azure.sigs.k8s.io/topics/pls-integration/
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: error
#   targets: [Service]
#   remediation: Make the Service IPv4.
#   since: 0.1.0
#   catalogue: 155
package aksnetlint.rules["pls-ipv6"]

import data.aksnetlint.lib.pls
import data.aksnetlint.lib.service

deny contains {
	"path": ["spec", "ipFamilies"],
	"message": sprintf("Service %s is IPv6 alone: a private link service needs IPv4", [service.name(input.resource)]),
} if {
	pls.wanted(input.resource)
	service.single_family(input.resource) == "IPv6"
}

deny contains {
	"path": service.path(pls.create_key),
	"severity": "note",
	"message": sprintf("the private link service of dual-stack Service %s gets the IPv4 frontend only", [service.name(input.resource)]),
} if {
	pls.wanted(input.resource)
	service.dual_stack(input.resource)
}
