# METADATA
# title: DNS of a private cluster cannot work
# description: A private cluster with privateDNSZone none needs the public FQDN, so enablePrivateClusterPublicFQDN must not be false. A private DNS zone of your own needs a user-assigned identity with the role Private DNS Zone Contributor, since a system-assigned identity does not exist before the cluster.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/private-clusters
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Enable the public FQDN or use a private DNS zone; give a user-assigned identity for a zone of your own.
#   since: 0.1.0
#   catalogue: 542
package aksnetlint.rules["private-dns"]

import data.aksnetlint.lib.outbound

access := input.resource.properties.apiServerAccessProfile

zone := lower(access.privateDNSZone) if outbound.private_cluster(input.resource)

deny contains {"path": ["properties", "apiServerAccessProfile", "enablePrivateClusterPublicFQDN"], "message": "privateDNSZone is none and enablePrivateClusterPublicFQDN is false: no name leads to the API server"} if {
	zone == "none"
	access.enablePrivateClusterPublicFQDN == false
}

deny contains {"path": ["identity", "type"], "message": "a private DNS zone of your own needs a user-assigned identity, and the identity is SystemAssigned"} if {
	startswith(zone, "/")
	lower(input.resource.identity.type) == "systemassigned"
}
