# METADATA
# title: Pod range is not among the source ranges
# description: From Kubernetes 1.25 on kube-proxy applies spec.loadBalancerSourceRanges to traffic from pods to the address of the load balancer too, so that pods of the cluster cannot call it unless their range is listed. The rule needs the cluster of the Service and its pod range.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/configure-load-balancer-standard#restrict-inbound-traffic-to-specific-ip-ranges
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: note
#   targets: [Service]
#   remediation: Add the pod range of the cluster to spec.loadBalancerSourceRanges if pods call the address of the load balancer.
#   since: 0.1.0
#   catalogue: 127
package aksnetlint.rules["pod-cidr-missing-in-ranges"]

import data.aksnetlint.lib.cidr
import data.aksnetlint.lib.ranges
import data.aksnetlint.lib.service
import data.aksnetlint.lib.sources

deny contains {
	"path": ["spec", "loadBalancerSourceRanges"],
	"message": sprintf("pods (%s) cannot call Service %s by its load balancer address: loadBalancerSourceRanges has only %s", [pods, service.name(input.resource), sources.listed(valid)]),
} if {
	service.is_azure_lb(input.resource)
	valid := sources.valid(sources.spec_entries(input.resource))
	pods := ranges.pod(input.workspace.cluster.resource).cidr
	listed := sources.listed(valid)
	listed != ""
	not covered(valid, pods)
}

covered(entries, pods) if {
	some entry in entries
	cidr.covers(entry.text, pods)
}
