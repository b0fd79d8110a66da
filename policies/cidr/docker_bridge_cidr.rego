# METADATA
# title: dockerBridgeCidr has no effect
# description: Nodes run containerd since Kubernetes 1.19, so the address range of the Docker bridge is ignored. The property was removed in API version 2023-04-01 and may be refused there.
# related_resources:
#   - ref: https://github.com/Azure/AKS/issues/3534
# schemas:
#   - input: schema.arm
# custom:
#   severity: note
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Delete the property.
#   since: 0.1.0
#   catalogue: 408
package aksnetlint.rules["docker-bridge-cidr"]

import data.aksnetlint.lib.aks

path := ["properties", "networkProfile", "dockerBridgeCidr"]

fix := [{"op": "remove", "path": "/properties/networkProfile/dockerBridgeCidr"}]

# The first API version without the property.
removed_in := "2023-04-01"

deny contains {"path": path, "message": message, "fix": fix} if {
	present
	version < removed_in
	message := "dockerBridgeCidr is ignored: nodes run containerd"
}

deny contains {"path": path, "message": message, "severity": "warning", "fix": fix} if {
	present
	version >= removed_in
	message := sprintf("dockerBridgeCidr was removed in API version %s and may be refused by %s", [removed_in, input.resource.apiVersion])
}

present if aks.text(input.resource.properties.networkProfile.dockerBridgeCidr)

version := aks.api_date(input.resource)
