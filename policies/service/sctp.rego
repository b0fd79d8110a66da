# METADATA
# title: SCTP on a load balancer that does not carry it
# description: Only an internal Standard load balancer carries SCTP, by a rule for all protocols. On any other the Azure cloud controller stops with "SCTP is only supported on standard loadbalancer in internal mode".
# related_resources:
#   - ref: https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: error
#   targets: [Service]
#   remediation: Add service.beta.kubernetes.io/azure-load-balancer-internal with the value "true", or use TCP or UDP.
#   since: 0.1.0
#   catalogue: 142
package aksnetlint.rules.sctp

import data.aksnetlint.lib.outbound
import data.aksnetlint.lib.probes
import data.aksnetlint.lib.service

deny contains {
	"path": ["spec", "ports", i, "protocol"],
	"message": sprintf("port %v uses SCTP, which only an internal Standard load balancer carries: %s", [port.port, reason]),
} if {
	service.is_azure_lb(input.resource)
	some i, port in service.ports(input.resource)
	service.protocol(port) == "SCTP"
	probes.has_rule(input.resource, port)
}

# The controller asks for the internal annotation in any case here.
reason := sprintf("Service %s is public", [service.name(input.resource)]) if {
	not service.is_internal_fold(input.resource)
} else := "the cluster has a Basic one" if {
	outbound.basic_load_balancer(input.workspace.cluster.resource)
}
