# METADATA
# title: Address does not fit its annotation
# description: azure-load-balancer-ipv4 takes an IPv4 address and azure-load-balancer-ipv6 an IPv6 address. The Azure cloud controller passes the text on unchecked, and Azure refuses an address that cannot be read or is of the other family. An annotation for a family that a single-stack Service does not have is ignored, and so is a spec.loadBalancerIP that is no address.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/static-ip
#   - ref: https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: error
#   targets: [Service]
#   remediation: Write an address of the family that the key names; for both families make the Service dual-stack.
#   since: 0.1.0
#   catalogue: 114
package aksnetlint.rules["ip-annotation-family"]

import data.aksnetlint.lib.exposure
import data.aksnetlint.lib.service

# The text is no address of the key's family.
deny contains {
	"path": address.path,
	"message": sprintf("%s is %s, %s: Service %s never gets an address", [address.key, service.quoted(address.ip), wrong(address), service.name(svc)]),
} if {
	some address in annotated
}

# The Service has no frontend of the key's family.
deny contains {
	"path": address.path,
	"severity": "warning",
	"message": sprintf("%s is ignored: Service %s is single-stack %s", [address.key, service.name(svc), service.single_family(svc)]),
} if {
	some address in annotated
	not wrong(address)
	address.family != service.single_family(svc)
}

# The field is no address at all.
deny contains {
	"path": address.path,
	"severity": "warning",
	"message": sprintf("spec.loadBalancerIP %s is no IP address and is ignored: Service %s gets any free address", [service.quoted(address.ip), service.name(svc)]),
} if {
	service.is_azure_lb(svc)
	some address in service.spec_ips(svc)
	not service.is_ip(address.ip)
	not exposure.placeholder(address.ip)
}

svc := input.resource

annotated contains address if {
	service.is_azure_lb(svc)
	some address in service.annotated_ips(svc)
	not exposure.placeholder(address.ip)
}

wrong(address) := "which is no IP address" if {
	not service.is_ip(address.ip)
} else := sprintf("which is an %s address", [family]) if {
	family := service.family(address.ip)
	family != address.family
}
