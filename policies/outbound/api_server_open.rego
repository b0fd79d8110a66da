# METADATA
# title: API server is open to the internet
# description: The cluster is neither private, nor has it authorized IP ranges, nor is its API server integrated into the virtual network. Every address on the internet can reach the API server, which is then protected by authentication alone.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges
#   - ref: https://learn.microsoft.com/azure/aks/private-clusters
# schemas:
#   - input: schema.arm
# custom:
#   severity: note
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Make the cluster private, use API server VNet integration, or set authorizedIPRanges.
#   since: 0.1.0
#   catalogue: 541
package aksnetlint.rules["api-server-open"]

import data.aksnetlint.lib.outbound

deny contains {"path": ["properties", "apiServerAccessProfile"], "message": "API server can be reached from every address on the internet: neither private, nor authorized IP ranges, nor VNet integration"} if {
	not outbound.private_cluster(input.resource)
	not outbound.vnet_integration(input.resource)
	not restricted
}

restricted if count(outbound.authorized_ranges(input.resource)) > 0
