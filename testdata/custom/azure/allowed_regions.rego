# METADATA
# title: Resource is in a region that we do not use
# description: Clusters and their networks are in the regions that the data protection officer has approved.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/reliability/regions-list
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters, Microsoft.Network/virtualNetworks, Microsoft.Network/publicIPAddresses]
#   remediation: "Deploy to an approved region."
#   params:
#     regions: [westeurope, northeurope]
package aksnetlint.rules["allowed-regions"]

deny contains {"path": ["location"], "message": message} if {
	region := lower(replace(input.resource.location, " ", ""))
	not region in data.params["allowed-regions"].regions
	message := sprintf("%s is in %s, approved are %s", [input.resource.name, input.resource.location, concat(", ", data.params["allowed-regions"].regions)])
}
