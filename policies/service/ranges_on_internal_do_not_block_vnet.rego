# METADATA
# title: Source ranges of an internal load balancer do not shut out the virtual network
# description: The security rules that the Azure cloud controller writes for source ranges allow those ranges; traffic inside the virtual network, and from networks peered with it, is let in all the same by the default rule AllowVnetInBound (65000). Only azure-deny-all-except-load-balancer-source-ranges adds a rule that denies the rest. kube-proxy enforces spec.loadBalancerSourceRanges on the nodes, but not the annotations.
# related_resources:
#   - ref: https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/
#   - ref: https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: warning
#   targets: [Service]
#   remediation: Add the annotation service.beta.kubernetes.io/azure-deny-all-except-load-balancer-source-ranges with the value "true", or deny the rest in a security group of your own.
#   since: 0.1.0
#   catalogue: 124
package aksnetlint.rules["ranges-on-internal-do-not-block-vnet"]

import data.aksnetlint.lib.service
import data.aksnetlint.lib.sources

deny contains {
	"path": sources.place(valid),
	"message": sprintf("internal Service %s is not limited to %s: sources in the virtual network get in by the default security rule 65000 unless %s is \"true\"", [service.name(input.resource), sources.listed(valid), service.full(sources.deny_all_key)]),
} if {
	service.is_azure_lb(input.resource)
	service.is_internal(input.resource)
	valid := sources.valid(sources.entries(input.resource))
	not sources.denies_rest(input.resource)
	not sources.covers_all(valid)
}
