# METADATA
# title: Service range is larger than AKS accepts
# description: The service range (serviceCidr) must be smaller than a /12. AKS refuses a prefix shorter than 12. A /12 itself passed the validation in the past although the documentation says that it must be smaller, so it is only noted.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Use a smaller service range. A /16 holds 65,534 services; never larger than /13.
#   since: 0.1.0
#   catalogue: 400
package aksnetlint.rules["service-cidr-too-large"]

import data.aksnetlint.lib.cidr
import data.aksnetlint.lib.ranges

# The documentation: smaller than /12. The validation code refuses more than 20 host bits.
limit := 12

deny contains {"path": range.path, "message": message} if {
	some range in service_ranges
	bits := cidr.prefix_length(range.cidr)
	bits < limit
	message := sprintf("%s %s is larger than the largest service range that AKS accepts, a /%v", [range.name, range.cidr, limit])
}

deny contains {"path": range.path, "message": message, "severity": "note"} if {
	some range in service_ranges
	cidr.prefix_length(range.cidr) == limit
	message := sprintf("%s %s is a /%v: the documentation asks for a range smaller than that", [range.name, range.cidr, limit])
}

service_ranges := {range |
	some range in ranges.written(input.resource)
	startswith(range.name, "serviceCidr")
	cidr.is_ipv4(range.cidr)
}
