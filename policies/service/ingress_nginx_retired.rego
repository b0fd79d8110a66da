# METADATA
# title: Ingress controller at the end of its life
# description: The Kubernetes project ended the maintenance of ingress-nginx in March 2026. The NGINX of the application routing add-on gets security patches until November 2026. Both go on running without fixes; the successors are the Gateway API implementations.
# related_resources:
#   - ref: https://kubernetes.io/blog/2025/11/11/ingress-nginx-retirement/
#   - ref: https://learn.microsoft.com/azure/aks/app-routing
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: note
#   targets:
#     - approuting.kubernetes.azure.com/NginxIngressController
#     - helm.toolkit.fluxcd.io/HelmRelease
#     - argoproj.io/Application
#   remediation: Plan the move to the Gateway API, for example with the Istio or application routing implementation of AKS.
#   since: 0.1.0
#   catalogue: 119
package aksnetlint.rules["ingress-nginx-retired"]

import data.aksnetlint.lib.charts
import data.aksnetlint.lib.retirements

# The chart of the Kubernetes project.
deny contains {
	"path": release.chart_path,
	"message": sprintf("maintenance of ingress-nginx %s", [retirements.phrase("ingress-nginx")]),
} if {
	some release in charts.releases(input.resource)
	release.chart == "ingress-nginx"
}

# The controller of the application routing add-on.
deny contains {
	"path": ["kind"],
	"message": sprintf("support of NGINX in the application routing add-on %s", [retirements.phrase("app-routing-nginx")]),
} if {
	input.resource.kind == "NginxIngressController"
}
