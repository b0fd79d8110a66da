# METADATA
# title: Public address on an internal load balancer
# description: An internal load balancer has an address of its subnet. The address that spec.loadBalancerIP or azure-load-balancer-ipv4/-ipv6 asks for is not in private address space, so it is most likely that of a public IP. Virtual networks may use public ranges; where the network of the cluster is known, an address inside it is fine and one outside is an error.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/internal-lb#specify-an-ip-address
#   - ref: https://learn.microsoft.com/azure/aks/static-ip
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: warning
#   targets: [Service]
#   remediation: Use a free address of the subnet, or remove azure-load-balancer-internal if the Service is meant to be public.
#   since: 0.1.0
#   catalogue: 111
package aksnetlint.rules["public-static-ip-on-internal-service"]

import data.aksnetlint.lib.service
import data.aksnetlint.lib.workspace

# The network is not known.
deny contains {
	"path": address.path,
	"message": sprintf("%s asks for %s, which is no private address, but Service %s is internal and takes an address of its subnet", [address.key, address.ip, service.name(svc)]),
} if {
	some address in suspects
	not network
}

# The network is known and does not hold the address.
deny contains {
	"path": address.path,
	"severity": "error",
	"message": sprintf("%s asks for %s, but Service %s is internal and the address is not in its virtual network (%s)", [address.key, address.ip, service.name(svc), concat(", ", sort(network))]),
} if {
	some address in suspects
	not inside(address.ip, network)
}

svc := input.resource

# The ranges of the cluster's network; undefined where they are not known.
network := ranges if {
	ranges := workspace.networks(input.workspace.cluster)
	count(ranges) > 0
}

suspects contains address if {
	service.is_azure_lb(svc)
	service.is_internal(svc)
	some address in service.addresses(svc)
	service.is_ip(address.ip)
	not service.is_private(address.ip)
}

inside(ip, ranges) if {
	some range in ranges
	net.cidr_contains(range, service.host_prefix(ip))
}
