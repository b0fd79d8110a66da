# METADATA
# title: Public load balancer is open to the whole Internet
# description: A public Service with neither source ranges nor service tags gets a security rule that allows the Internet.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/configure-load-balancer-standard#restrict-inbound-traffic-to-specific-ip-ranges
#   - ref: https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: note
#   targets: [Service]
#   remediation: Add the annotation service.beta.kubernetes.io/azure-allowed-ip-ranges with the ranges that need access, or azure-allowed-service-tags.
#   since: 0.1.0
#   catalogue: 126
package aksnetlint.rules["public-without-ranges"]

import data.aksnetlint.lib.exposure
import data.aksnetlint.lib.service
import data.aksnetlint.lib.sources

deny contains {
	"path": ["metadata", "annotations"],
	"message": sprintf("Service %s is open to the whole Internet: it has neither source ranges nor service tags", [service.name(input.resource)]),
} if {
	service.is_azure_lb(input.resource)
	not service.is_internal(input.resource)
	not exposure.refused(input.resource)
	count(sources.entries(input.resource)) == 0
	sources.from_internet(input.resource)
	not service.enabled(input.resource, "azure-disable-load-balancer-nsg-rule")
}
