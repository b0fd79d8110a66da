# METADATA
# title: Node ports are needed but not allocated
# description: With allocateLoadBalancerNodePorts false a port without an explicit nodePort has none. Without floating IP the load balancer sends traffic to the node port, and with externalTrafficPolicy Cluster its health probe asks the node port, so that either way no traffic arrives. externalTrafficPolicy Local with floating IP needs no node port, nor does Cluster where the cluster uses the shared health probe.
# related_resources:
#   - ref: https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/
#   - ref: https://learn.microsoft.com/javascript/api/@azure/arm-containerservice/clusterserviceloadbalancerhealthprobemode
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: error
#   targets: [Service]
#   remediation: Leave node ports allocated, or give each port a nodePort.
#   since: 0.1.0
#   catalogue: 145
package aksnetlint.rules["no-nodeports"]

import data.aksnetlint.lib.probes
import data.aksnetlint.lib.service

# Traffic goes to the node port.
deny contains {
	"path": path,
	"message": sprintf("%s no node port, and without floating IP the load balancer sends traffic there: none arrives", [have(ports)]),
} if {
	without_node_ports
	service.enabled(svc, floating_key)
	ports := [port.port | some port in service.ports(svc); probes.has_rule(svc, port); not port.nodePort]
	count(ports) > 0
}

# The health probe asks the node port.
deny contains {
	"path": path,
	"severity": severity,
	"message": sprintf("%s no node port, which the health probe asks with externalTrafficPolicy Cluster%s: no traffic arrives", [have(ports), condition]),
} if {
	without_node_ports
	not service.enabled(svc, floating_key)
	not service.local_traffic(svc)
	not shared_probe
	ports := [port.port | some port in probes.probed(svc); not port.nodePort; not probes.port_annotated(svc, port)]
	count(ports) > 0
}

svc := input.resource

# All Services with externalTrafficPolicy Cluster share one probe in this cluster.
shared_probe if probes.shared(input.workspace.cluster.resource)

path := ["spec", "allocateLoadBalancerNodePorts"]

floating_key := "azure-disable-load-balancer-floating-ip"

without_node_ports if {
	service.is_azure_lb(svc)
	svc.spec.allocateLoadBalancerNodePorts == false
}

have([port]) := sprintf("port %v has", [port])

have(ports) := sprintf("ports %s have", [concat(", ", [format_int(port, 10) | some port in ports])]) if count(ports) > 1

# Whether the probe is shared is known with the cluster only.
severity := "error" if {
	input.workspace.cluster.resource
} else := "warning"

condition := "" if {
	input.workspace.cluster.resource
} else := " unless the cluster uses the shared probe"
