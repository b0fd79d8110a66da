# METADATA
# title: Source ranges in the spec and in an annotation
# description: Ranges may stand in spec.loadBalancerSourceRanges, or in the annotations azure-allowed-ip-ranges and load-balancer-source-ranges, but not in both. Where both hold a valid range the Azure cloud controller stops with "cannot set both spec.LoadBalancerSourceRanges and service annotation", and no security rule of the Service is written.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/configure-load-balancer-standard
#   - ref: https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: error
#   targets: [Service]
#   remediation: Use one of the two. The annotation azure-allowed-ip-ranges can stand beside azure-allowed-service-tags.
#   since: 0.1.0
#   catalogue: 120
package aksnetlint.rules["source-ranges-conflict"]

import data.aksnetlint.lib.service
import data.aksnetlint.lib.sources

deny contains {
	"path": entry.path,
	"message": sprintf("%s and spec.loadBalancerSourceRanges both hold ranges (%s and %s): the controller refuses Service %s", [service.full(entry.key), entry.text, of_spec, service.name(input.resource)]),
} if {
	service.is_azure_lb(input.resource)
	of_spec := sources.listed(sources.valid(sources.spec_entries(input.resource)))
	some key in sources.range_keys
	entry := sources.first([entry |
		some entry in sources.valid(sources.annotation_entries(input.resource))
		entry.key == key
	])
}
