# METADATA
# title: High availability ports on a public load balancer
# description: azure-load-balancer-enable-high-availability-ports makes one rule for all ports of an internal Standard load balancer. On a public or a Basic one it is silently ignored, and each port gets a rule of its own.
# related_resources:
#   - ref: https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/
#   - ref: https://learn.microsoft.com/azure/load-balancer/load-balancer-ha-ports-overview
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: warning
#   targets: [Service]
#   remediation: Make the Service internal, or drop the annotation.
#   since: 0.1.0
#   catalogue: 141
package aksnetlint.rules["ha-ports-on-public"]

import data.aksnetlint.lib.outbound
import data.aksnetlint.lib.service

deny contains {
	"path": service.path(key),
	"message": sprintf("%s is ignored: %s, each port gets a rule of its own", [service.full(key), reason]),
} if {
	service.is_azure_lb(input.resource)
	service.enabled(input.resource, key)
}

key := "azure-load-balancer-enable-high-availability-ports"

# The controller asks for the internal annotation in any case here.
reason := sprintf("Service %s is public", [service.name(input.resource)]) if {
	not service.is_internal_fold(input.resource)
} else := "the cluster has a Basic load balancer" if {
	outbound.basic_load_balancer(input.workspace.cluster.resource)
}
