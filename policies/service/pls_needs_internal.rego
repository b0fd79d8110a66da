# METADATA
# title: Private link service needs an internal load balancer
# description: azure-pls-create needs an internal Service, or one without floating IP (azure-disable-load-balancer-floating-ip "true"). Otherwise the Azure cloud controller stops with "service requiring private link service must be internal or disable floating ip".
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/internal-lb
#   - ref: https://cloud-provider-azure.sigs.k8s.io/topics/pls-integration/
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: error
#   targets: [Service]
#   remediation: Add service.beta.kubernetes.io/azure-load-balancer-internal with the value "true".
#   since: 0.1.0
#   catalogue: 150
package aksnetlint.rules["pls-needs-internal"]

import data.aksnetlint.lib.pls
import data.aksnetlint.lib.service

deny contains object.union(hit, fix) if {
	pls.wanted(input.resource)
	not service.is_internal(input.resource)
	not service.enabled(input.resource, "azure-disable-load-balancer-floating-ip")
	hit := {
		"path": service.path(pls.create_key),
		"message": sprintf("Service %s is public: a private link service needs an internal load balancer, or one without floating IP", [service.name(input.resource)]),
	}
}

# A wrong value is mended by internal-annotation-value; "false" may be meant.
fix := {"fix": [{"op": "add", "path": service.pointer("azure-load-balancer-internal"), "value": "true"}]} if {
	not service.has_annotation(input.resource, "azure-load-balancer-internal")
} else := {}
