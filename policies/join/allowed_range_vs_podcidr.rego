# METADATA
# title: Subnet of the pods is not among the source ranges
# description: From Kubernetes 1.25 on kube-proxy applies spec.loadBalancerSourceRanges to traffic from pods to the address of the load balancer too. In Azure CNI with node or pod subnets the pods have addresses of a subnet; where that is not listed, pods cannot call the Service by its load balancer address. Clusters with a pod range are judged by pod-cidr-missing-in-ranges. The rule needs the cluster of the Service.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/configure-load-balancer-standard#restrict-inbound-traffic-to-specific-ip-ranges
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: note
#   targets: [Service]
#   remediation: Add the ranges of the pods' subnets to spec.loadBalancerSourceRanges if pods call the address of the load balancer.
#   since: 0.1.0
#   catalogue: 711
package aksnetlint.rules["allowed-range-vs-podcidr"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.cidr
import data.aksnetlint.lib.service
import data.aksnetlint.lib.sources

deny contains {
	"path": ["spec", "loadBalancerSourceRanges"],
	"message": sprintf("pods in subnet %s cannot call Service %s by its load balancer address: loadBalancerSourceRanges has only %s", [
		concat(", ", sort(missing)), service.name(input.resource), sources.listed(valid),
	]),
} if {
	service.is_azure_lb(input.resource)
	count(valid) > 0
	count(missing) > 0
}

cluster := input.workspace.cluster

valid := sources.valid(sources.spec_entries(input.resource))

# The ranges of the pods' subnets that no source range covers.
missing contains sprintf("%s (%s)", [aks.last_segment(id), prefix]) if {
	some pool in aks.pools(cluster)
	id := pods_subnet(pool)
	some prefix in aks.subnet_ranges(cluster.deployment.resources[id])
	cidr.is_ipv4(prefix)
	not covered(prefix)
}

pods_subnet(pool) := aks.node_subnet_id(pool) if aks.pool_mode(cluster.resource, pool) == "node-subnet"

pods_subnet(pool) := aks.pod_subnet_id(pool) if startswith(aks.pool_mode(cluster.resource, pool), "pod-subnet")

covered(prefix) if {
	some entry in valid
	cidr.covers(entry.text, prefix)
}
