# METADATA
# title: appProtocol makes the health probe ask for /
# description: With appProtocol http or https and externalTrafficPolicy Cluster the health probe is an HTTP request for / from Kubernetes 1.24 on. A backend that does not answer / with 200, as ingress controllers do not, is taken out of the load balancer. appProtocol counts before the global protocol annotation, so that azure-load-balancer-health-probe-protocol tcp does not help; port_N_health-probe_protocol does.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/configure-load-balancer-standard
#   - ref: https://github.com/Azure/AKS/issues/3210
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: warning
#   targets: [Service]
#   remediation: Set azure-load-balancer-health-probe-request-path to a path that answers 200 (/healthz for ingress-nginx), or port_N_health-probe_protocol to tcp.
#   since: 0.1.0
#   catalogue: 132
package aksnetlint.rules["appprotocol-http-default-path"]

import data.aksnetlint.lib.probes
import data.aksnetlint.lib.service

deny contains {
	"path": ["spec", "ports", i, "appProtocol"],
	"message": sprintf("appProtocol %s makes the health probe of port %v a request for /%s: a backend that does not answer it with 200 gets no traffic", [port.appProtocol, port.port, despite]),
} if {
	service.is_azure_lb(svc)
	not service.local_traffic(svc)
	not shared_probe
	some_protocol
	some i, port in probes.probed(svc)
	probes.chosen_protocol(svc, port) == {"key": "", "value": port.appProtocol}
	probes.protocol(svc, port) in {"http", "https"}
	not probes.setting(svc, port.port, "request-path")
}

svc := input.resource

some_protocol if {
	some port in service.ports(svc)
	port.appProtocol
}

# All Services with externalTrafficPolicy Cluster share one probe in this cluster.
shared_probe if probes.shared(input.workspace.cluster.resource)

despite := sprintf(" in spite of %s", [service.full(key)]) if {
	key := probes.global_key("protocol")
	service.has_annotation(svc, key)
} else := ""
