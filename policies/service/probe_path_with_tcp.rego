# METADATA
# title: Path of a health probe that uses TCP
# description: A path only counts where the probe speaks http or https. The protocol is that of port_N_health-probe_protocol, then of appProtocol, then of the global annotation, and tcp where none is there.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/configure-load-balancer-standard
#   - ref: https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: note
#   targets: [Service]
#   remediation: Set the protocol to http or https, or drop the path.
#   since: 0.1.0
#   catalogue: 135
package aksnetlint.rules["probe-path-with-tcp"]

import data.aksnetlint.lib.probes
import data.aksnetlint.lib.service

# The global path, and no port speaks HTTP.
deny contains finding(key) if {
	service.is_azure_lb(svc)
	key := probes.global_key("request-path")
	service.has_annotation(svc, key)
	protocols := {probes.protocol(svc, port) | some port in probes.probed(svc)}
	protocols == {"tcp"}
}

# The path of one port.
deny contains finding(key) if {
	service.is_azure_lb(svc)
	probes.configured(svc)
	some port in probes.probed(svc)
	key := probes.port_key(port.port, "request-path")
	service.has_annotation(svc, key)
	probes.protocol(svc, port) == "tcp"
}

svc := input.resource

finding(key) := {
	"path": service.path(key),
	"message": sprintf("%s is ignored: the health probe uses tcp", [service.full(key)]),
}
