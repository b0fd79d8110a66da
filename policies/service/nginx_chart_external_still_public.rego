# METADATA
# title: Internal ingress Service beside a public one
# description: controller.service.internal.enabled of the chart ingress-nginx adds a second, internal Service; the first one stays and is public unless controller.service.external.enabled is false or its own annotations make it internal.
# related_resources:
#   - ref: https://github.com/kubernetes/ingress-nginx/tree/main/charts/ingress-nginx
#   - ref: https://learn.microsoft.com/azure/aks/app-routing-nginx-configuration
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: error
#   targets: [helm.toolkit.fluxcd.io/HelmRelease, argoproj.io/Application, helm/values]
#   remediation: Set controller.service.external.enabled to false, or write aksnetlint.io/allow-public with the reason into controller.service.annotations where both are wanted.
#   since: 0.1.0
#   catalogue: 109
#   params:
#     allow: []
package aksnetlint.rules["nginx-chart-external-still-public"]

import data.aksnetlint.lib.carriers
import data.aksnetlint.lib.charts
import data.aksnetlint.lib.exposure

deny contains {
	"path": array.concat(release.path, ["controller", "service", "internal", "enabled"]),
	"severity": severity(release),
	"message": sprintf("%s is public: internal.enabled adds a second Service and leaves the first as it is", [carrier.what]),
} if {
	some release in charts.releases(input.resource)
	charts.is_nginx(release)
	charts.external_service(release)
	charts.internal_service(release)
	carrier := charts.main(release)[_]
	not carriers.is_internal(carrier)
	not accepted(carrier)
}

accepted(carrier) if exposure.has_reason(carrier.annotations)

accepted(carrier) if carriers.value(carrier, exposure.key) == "false"

accepted(_) if exposure.accepted(input.resource, data.params["nginx-chart-external-still-public"].allow)

# Values that another file or parameter can change are not certain.
severity(release) := release.severity if {
	release.complete
} else := "warning"
