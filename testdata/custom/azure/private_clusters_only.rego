# METADATA
# title: Cluster has a public API server
# description: The API servers of our clusters have private addresses only.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/private-clusters
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: "Set apiServerAccessProfile.enablePrivateCluster to true."
package aksnetlint.rules["private-clusters-only"]

deny contains {"path": ["properties", "apiServerAccessProfile", "enablePrivateCluster"], "message": message} if {
	not input.resource.properties.apiServerAccessProfile.enablePrivateCluster == true
	message := sprintf("cluster %s is not private", [input.resource.name])
}
