# METADATA
# title: Source ranges in the spec together with service tags
# description: kube-proxy enforces spec.loadBalancerSourceRanges on the nodes and knows nothing of service tags, so that traffic from the tags in azure-allowed-service-tags passes the security rules and is then dropped. The AKS documentation says that the combination is an error, the controller only logs that it will not work as expected.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/configure-load-balancer-standard
#   - ref: https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: error
#   targets: [Service]
#   remediation: Move the ranges to the annotation azure-allowed-ip-ranges, which kube-proxy does not enforce.
#   since: 0.1.0
#   catalogue: 121
package aksnetlint.rules["source-ranges-with-service-tags"]

import data.aksnetlint.lib.service
import data.aksnetlint.lib.sources

deny contains {
	"path": service.path(sources.tags_key),
	"message": sprintf("spec.loadBalancerSourceRanges (%s) makes kube-proxy drop the traffic of the service tags %s", [of_spec, concat(", ", tags)]),
} if {
	service.is_azure_lb(input.resource)
	of_spec := sources.listed(sources.valid(sources.spec_entries(input.resource)))
	tags := [tag | some tag in sources.tags(input.resource); tag != ""]
	count(tags) > 0
}
