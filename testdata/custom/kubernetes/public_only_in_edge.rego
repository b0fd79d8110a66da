# METADATA
# title: Public load balancer outside the namespace edge
# description: Only the namespaces of the edge team may have public addresses; everything else is reached through their gateways.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/internal-lb
# custom:
#   severity: error
#   targets: [Service]
#   remediation: "Make the load balancer internal, or move the Service to a namespace of the edge team."
#   params:
#     namespaces: [edge]
package aksnetlint.rules["public-only-in-edge"]

import data.aksnetlint.lib.service

deny contains {"path": ["spec", "type"], "message": message} if {
	service.is_azure_lb(input.resource)
	not service.is_internal(input.resource)
	namespace := object.get(input.resource.metadata, "namespace", "default")
	not namespace in data.params["public-only-in-edge"].namespaces
	message := sprintf("%s is public, and only %s may be", [service.name(input.resource), concat(", ", data.params["public-only-in-edge"].namespaces)])
}
