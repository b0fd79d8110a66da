# METADATA
# title: Singular and plural range disagree
# description: podCidr must equal the first element of podCidrs, and serviceCidr the first element of serviceCidrs, where both are given. AKS refuses a cluster in which they differ.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/configure-dual-stack
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Keep only the plural property.
#   since: 0.1.0
#   catalogue: 411
package aksnetlint.rules["podcidr-and-podcidrs-disagree"]

import data.aksnetlint.lib.cidr
import data.aksnetlint.lib.ranges

plural := {"podCidr": "podCidrs", "serviceCidr": "serviceCidrs"}

deny contains {"path": range.path, "message": message} if {
	some range in ranges.singular(input.resource)
	many := plural[range.name]
	first := input.resource.properties.networkProfile[many][0]
	differ(range.cidr, first)
	message := sprintf("%s %s is not the first element of %s, %s", [range.name, range.cidr, many, first])
}

# Ranges that cannot be read are the business of cidr-not-canonical.
differ(a, b) if cidr.canonical(a) != cidr.canonical(b)
