# METADATA
# title: App routing makes a public ingress controller
# description: The application routing add-on makes an ingress controller named default. Unless nginx.defaultIngressControllerType is Internal or None its load balancer is public; with AnnotationControlled it is public too until the NginxIngressController default carries the internal annotation.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/app-routing-nginx-configuration
#   - ref: https://learn.microsoft.com/azure/aks/create-nginx-ingress-private-controller
# schemas:
#   - input: schema.arm
# custom:
#   severity: note
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Set ingressProfile.webAppRouting.nginx.defaultIngressControllerType to Internal or None if no public ingress is wanted.
#   since: 0.1.0
#   catalogue: 108
package aksnetlint.rules["approuting-default-public"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.carriers

deny contains {
	"path": ["properties", "ingressProfile", "webAppRouting", "nginx", "defaultIngressControllerType"],
	"message": sprintf("the application routing add-on makes a public ingress controller: defaultIngressControllerType %s", [state]),
} if {
	routing.enabled == true
	not private
	not internal_by_manifest
}

routing := input.resource.properties.ingressProfile.webAppRouting

private if aks.word(routing.nginx.defaultIngressControllerType) in {"internal", "none"}

state := sprintf("is %v", [routing.nginx.defaultIngressControllerType]) if {
	routing.nginx.defaultIngressControllerType != ""
} else := "is not set"

# A manifest makes the default controller internal.
internal_by_manifest if {
	some controller in input.workspace.objects.NginxIngressController
	controller.metadata.name == "default"
	some carrier in carriers.of(controller)
	carriers.is_internal(carrier)
}
