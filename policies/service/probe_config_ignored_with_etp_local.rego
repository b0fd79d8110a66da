# METADATA
# title: Health probe settings are ignored with externalTrafficPolicy Local
# description: With externalTrafficPolicy Local the load balancer asks the health check of the node (HTTP /healthz on healthCheckNodePort), which knows whether a pod of the Service runs there. Protocol, path, interval and number of probes in the annotations are not read, unless port_N_health-probe_port says which port to probe.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/configure-load-balancer-standard
#   - ref: https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: note
#   targets: [Service]
#   remediation: Drop the annotations, or say with port_N_health-probe_port which port to probe.
#   since: 0.1.0
#   catalogue: 134
package aksnetlint.rules["probe-config-ignored-with-etp-local"]

import data.aksnetlint.lib.probes
import data.aksnetlint.lib.service

# A global setting that no port follows.
deny contains finding(key) if {
	ignoring
	count(probes.probed(svc)) == 0
	some name in probes.settings
	key := probes.global_key(name)
	service.has_annotation(svc, key)
}

# A setting of one port.
deny contains finding(key) if {
	ignoring
	some port in probes.candidates(svc)
	not probes.port_annotated(svc, port)
	some name in probes.settings
	key := probes.port_key(port.port, name)
	service.has_annotation(svc, key)
}

svc := input.resource

ignoring if {
	service.is_azure_lb(svc)
	service.local_traffic(svc)
}

finding(key) := {
	"path": service.path(key),
	"message": sprintf("%s is ignored: with externalTrafficPolicy Local the health check of the node is probed", [service.full(key)]),
}
