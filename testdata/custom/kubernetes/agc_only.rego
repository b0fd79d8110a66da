# METADATA
# title: Ingress is not served by Application Gateway for Containers
# description: Ingresses and Gateways are served by Application Gateway for Containers; other controllers are switched off.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/application-gateway/for-containers/overview
# custom:
#   severity: error
#   targets: [networking.k8s.io/Ingress, gateway.networking.k8s.io/Gateway]
#   remediation: "Set ingressClassName, or gatewayClassName, to azure-alb-external."
package aksnetlint.rules["agc-only"]

deny contains {"path": ["spec", "ingressClassName"], "message": message} if {
	input.resource.kind == "Ingress"
	class := object.get(input.resource.spec, "ingressClassName", "none")
	class != "azure-alb-external"
	message := sprintf("Ingress %s has the class %s, want azure-alb-external", [input.resource.metadata.name, class])
}

deny contains {"path": ["spec", "gatewayClassName"], "message": message} if {
	input.resource.kind == "Gateway"
	class := input.resource.spec.gatewayClassName
	class != "azure-alb-external"
	message := sprintf("Gateway %s has the class %s, want azure-alb-external", [input.resource.metadata.name, class])
}
