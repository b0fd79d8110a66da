# METADATA
# title: DNS service address does not fit the service range
# description: The address of the cluster's DNS service (dnsServiceIP, 10.0.0.10 where it is omitted) must lie inside the service range (serviceCidr, 10.0.0.0/16 where it is omitted), and must be neither its network address, nor its first address, which the API server's own service takes, nor its broadcast address. AKS refuses the cluster otherwise (DnsServiceIpOutOfServiceCidr, DnsServiceIpConflicting, DnsBroadcastAddressConflicting). Any other address is fine; .10 is only a convention.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/configure-kubenet
#   - ref: https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Set dnsServiceIP to the base of the service range plus 10.
#   since: 0.1.0
#   catalogue: 401
package aksnetlint.rules["dns-ip"]

import data.aksnetlint.lib.cidr
import data.aksnetlint.lib.ranges

path := ["properties", "networkProfile", "dnsServiceIP"]

service := ranges.service(input.resource)

written := ip if {
	ip := input.resource.properties.networkProfile.dnsServiceIP
	ip != ""
}

deny contains {"path": path, "message": message} if {
	not cidr.is_address(written)
	not contains(written, ":")
	message := sprintf("dnsServiceIP %q is not an IP address", [written])
}

deny contains {"path": path, "message": message} if {
	cidr.is_address(written)
	outside(written)
	message := sprintf("dnsServiceIP %s is outside the service range %s", [written, service_words])
}

deny contains {"path": path, "message": message} if {
	not written
	outside(ranges.default_dns_service_ip)
	message := sprintf("dnsServiceIP is omitted, and its default %s is outside the service range %s", [ranges.default_dns_service_ip, service.cidr])
}

deny contains {"path": path, "message": message} if {
	some taken, use in uses
	written == taken
	message := sprintf("dnsServiceIP %s is %s of the service range %s", [written, use, service_words])
}

outside(ip) if {
	cidr.valid(service.cidr)
	not cidr.covers(service.cidr, ip)
}

# The addresses of the service range that are taken.
uses := {
	cidr.from_int(cidr.first(service.cidr)): "the network address",
	cidr.from_int(cidr.first(service.cidr) + 1): "the first address, which belongs to the API server's service,",
	cidr.from_int(cidr.last(service.cidr)): "the broadcast address",
} if {
	cidr.prefix_length(service.cidr) < 31
}

service_words := sprintf("%s (the default)", [service.cidr]) if service["default"]

service_words := service.cidr if not service["default"]
