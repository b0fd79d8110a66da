# METADATA
# title: Load balancer mode has no effect on Standard
# description: azure-load-balancer-mode chooses among the availability sets of a Basic load balancer. A Standard load balancer has all nodes behind it and ignores the annotation. Basic load balancers are retired, so that Standard is assumed where the cluster is not known.
# related_resources:
#   - ref: https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: warning
#   targets: [Service]
#   remediation: Remove the annotation. Several Standard load balancers are chosen with azure-load-balancer-configurations.
#   since: 0.1.0
#   catalogue: 143
package aksnetlint.rules["mode-on-standard"]

import data.aksnetlint.lib.outbound
import data.aksnetlint.lib.service

deny contains {
	"path": service.path(key),
	"message": sprintf("%s is ignored: it is for Basic load balancers, and AKS has Standard ones", [service.full(key)]),
	"fix": [{"op": "remove", "path": service.pointer(key)}],
} if {
	service.is_azure_lb(input.resource)
	service.has_annotation(input.resource, key)
	not basic
}

key := "azure-load-balancer-mode"

basic if outbound.basic_load_balancer(input.workspace.cluster.resource)
