# METADATA
# title: Load balancer configuration and address both chosen
# description: azure-load-balancer-configurations says on which of several Standard load balancers the Service may be placed. An address or a public IP belongs to one load balancer already, so that the two cannot be given together.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/use-multiple-standard-load-balancer
#   - ref: https://cloud-provider-azure.sigs.k8s.io/topics/multiple-standard-load-balancers/
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: error
#   targets: [Service]
#   remediation: Keep either azure-load-balancer-configurations or the address.
#   since: 0.1.0
#   catalogue: 115
package aksnetlint.rules["multi-slb-conflict"]

import data.aksnetlint.lib.service

deny contains {
	"path": service.path(key),
	"message": sprintf("%s cannot be used together with %s", [service.full(key), concat(", ", sort(chosen))]),
} if {
	service.is_azure_lb(svc)
	trim_space(service.annotation(svc, key)) != ""
	count(chosen) > 0
}

svc := input.resource

key := "azure-load-balancer-configurations"

# The ways in which the Service chooses its address.
chosen contains address.key if some address in service.static_ips(svc)

chosen contains service.full(name) if {
	some name in ["azure-pip-name", "azure-pip-name-ipv6"]
	trim_space(service.annotation(svc, name)) != ""
}
