# METADATA
# title: Proxy protocol and externalTrafficPolicy Local break the health probe
# description: With azure-pls-proxy-protocol and externalTrafficPolicy Local the default health probe of the load balancer fails, because the health check of the node does not speak the proxy protocol. A probe of another port, named with port_N_health-probe_port, is needed.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/internal-lb#create-a-private-endpoint-to-the-private-link-service
#   - ref: https://learn.microsoft.com/azure/aks/configure-load-balancer-standard
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: error
#   targets: [Service]
#   remediation: Name a port to probe with service.beta.kubernetes.io/port_N_health-probe_port for each port.
#   since: 0.1.0
#   catalogue: 154
package aksnetlint.rules["pls-proxy-protocol-etp-local"]

import data.aksnetlint.lib.pls
import data.aksnetlint.lib.probes
import data.aksnetlint.lib.service

deny contains {
	"path": service.path(key),
	"message": sprintf("the proxy protocol breaks the default health probe of %s with externalTrafficPolicy Local: name the port to probe with %s", [ports_words(ports), service.full(probes.port_key(ports[0], "port"))]),
} if {
	pls.wanted(svc)
	service.is_true_trim(service.annotation(svc, key))
	service.local_traffic(svc)
	ports := [port.port |
		some port in probes.candidates(svc)
		not probes.port_annotated(svc, port)
	]
	count(ports) > 0
}

svc := input.resource

key := "azure-pls-proxy-protocol"

ports_words([port]) := sprintf("port %v", [port])

ports_words(ports) := sprintf("ports %s", [concat(", ", [format_int(port, 10) | some port in ports])]) if count(ports) > 1
