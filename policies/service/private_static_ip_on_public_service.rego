# METADATA
# title: Private address on a public load balancer
# description: spec.loadBalancerIP or azure-load-balancer-ipv4/-ipv6 asks for a private address, but the Service is public because azure-load-balancer-internal is not exactly "true". The Azure cloud controller then looks for a public IP resource with that address, finds none, and the Service never gets an address. Where a public IP is named by azure-pip-name or azure-pip-prefix-id the address is ignored, which is a warning.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/internal-lb#specify-an-ip-address
#   - ref: https://learn.microsoft.com/azure/aks/static-ip
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: error
#   targets: [Service]
#   remediation: 'Add service.beta.kubernetes.io/azure-load-balancer-internal: "true", or create a public IP and name it with azure-pip-name.'
#   since: 0.1.0
#   catalogue: 110
package aksnetlint.rules["private-static-ip-on-public-service"]

import data.aksnetlint.lib.exposure
import data.aksnetlint.lib.service

deny contains {
	"path": address.path,
	"message": sprintf("%s asks for the private address %s, but Service %s is public: no public IP has that address and the Service never gets one", [address.key, address.ip, service.name(svc)]),
} if {
	public
	some address in service.addresses(svc)
	service.is_private(address.ip)
	not named_public_ip(service.family(address.ip))
}

deny contains {
	"path": address.path,
	"severity": "warning",
	"message": sprintf("%s asks for the private address %s, which is ignored: Service %s is public and %s says which address it gets", [address.key, address.ip, service.name(svc), service.full(key)]),
} if {
	public
	some address in service.addresses(svc)
	service.is_private(address.ip)
	key := named_public_ip(service.family(address.ip))
}

svc := input.resource

public if {
	service.is_azure_lb(svc)
	not service.is_internal(svc)
	not exposure.refused(svc)
	not undecided
}

# A tool is going to fill the annotation in.
undecided if exposure.placeholder(service.annotation(svc, exposure.key))

# The annotations that name a public IP, the stronger first (determinePublicIPName,
# pkg/provider/azure_loadbalancer.go).
naming := {
	"IPv4": ["azure-pip-name", "azure-pip-prefix-id"],
	"IPv6": ["azure-pip-name-ipv6", "azure-pip-prefix-id-ipv6"],
}

named_public_ip(family) := keys[0] if {
	keys := [key |
		some key in naming[family]
		trim_space(service.annotation(svc, key)) != ""
	]
}
