# METADATA
# title: Service range overlaps the cluster's virtual network
# description: The service range (serviceCidr, 10.0.0.0/16 where it is omitted) must not overlap a subnet of the cluster's virtual network. AKS refuses the cluster (ServiceCidrOverlapExistingSubnetsCidr), since addresses of the subnet would be shadowed inside the cluster. The usual trap is an omitted serviceCidr with subnets in 10.0.x.x. An overlap with the network's address space where no subnet stands yet is a warning.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/concepts-network-cni-overview
#   - ref: https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Set serviceCidr (and dnsServiceIP inside it) to a range outside the virtual network and everything connected to it.
#   since: 0.1.0
#   catalogue: 402
package aksnetlint.rules["service-cidr-overlaps-subnet"]

import data.aksnetlint.lib.cidr
import data.aksnetlint.lib.ranges

service := ranges.service(input.resource)

deny contains {"path": service.path, "message": message, "evidence": evidence} if {
	some subnet in ranges.vnet_subnets(input)
	cidr.overlaps(service.cidr, subnet.cidr)
	message := sprintf("%s overlaps the subnet %s (%s) of the cluster's virtual network", [words, subnet.name, subnet.cidr])
	evidence := [ranges.overlap_evidence(service.cidr, subnet.cidr)]
}

deny contains {"path": service.path, "message": message, "severity": "warning"} if {
	some space in ranges.vnet_spaces(input)
	cidr.overlaps(service.cidr, space.cidr)
	not ranges.hits_subnet(input, service.cidr)
	message := sprintf("%s overlaps the address space %s of the cluster's virtual network %s: no subnet can be added there", [words, space.cidr, space.name])
}

words := sprintf("serviceCidr is omitted, and its default %s", [service.cidr]) if service["default"]

words := sprintf("service range %s", [service.cidr]) if not service["default"]
