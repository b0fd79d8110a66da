# METADATA
# description: |
#   Health probes of a Service as the Azure cloud controller makes them. Source:
#   pkg/provider/azure_loadbalancer_healthprobe.go of kubernetes-sigs/cloud-provider-azure.
package aksnetlint.lib.probes

import data.aksnetlint.lib.service

# Bounds and defaults of the two numbers, in seconds and probes.
bounds := {
	"interval": {"least": 5, "default": 5, "unit": "seconds"},
	"num-of-probe": {"least": 2, "default": 2, "unit": "probes"},
}

# Interval times number of probes stays below this many seconds.
total_limit := 120

protocols := {"tcp", "http", "https"}

# global_key(name), port_key(number, name): the annotations of one setting: protocol,
# interval, num-of-probe or request-path; for one port also port.
global_key(name) := concat("-", ["azure-load-balancer-health-probe", name])

port_key(number, name) := sprintf("port_%v_health-probe_%s", [number, name])

settings := ["protocol", "interval", "num-of-probe", "request-path"]

# configured(svc): some annotation is about health probes. Most Services have none, and
# need no look at their ports.
configured(svc) if {
	some name, _ in service.annotations(svc)
	contains(name, "health-probe")
}

# setting(svc, number, name): {"key", "value"} of the annotation in effect for a port: its own
# before the global one. Undefined where neither is there.
setting(svc, number, name) := {"key": port_key(number, name), "value": value} if {
	value := service.annotation(svc, port_key(number, name))
} else := {"key": global_key(name), "value": value} if {
	value := service.annotation(svc, global_key(name))
}

# has_rule(svc, port): the port gets a load balancing rule.
has_rule(svc, port) if not service.enabled(svc, sprintf("port_%v_no_lb_rule", [port.port]))

# port_annotated(svc, port): the port says which port to probe.
port_annotated(svc, port) if service.has_annotation(svc, port_key(port.port, "port"))

# candidates(svc): the ports for which a probe may be made, by their place in spec.ports: TCP,
# with a rule, and with a probe not switched off.
candidates(svc) := {i: port |
	some i, port in service.ports(svc)
	is_number(port.port)
	service.protocol(port) == "TCP"
	has_rule(svc, port)
	not service.enabled(svc, sprintf("port_%v_no_probe_rule", [port.port]))
}

# probed(svc): those of them whose probe follows the annotations. With externalTrafficPolicy
# Local the node's health check is probed instead, unless the port says which port to probe.
probed(svc) := {i: port |
	some i, port in candidates(svc)
	follows_annotations(svc, port)
}

follows_annotations(svc, _) if not service.local_traffic(svc)

follows_annotations(svc, port) if port_annotated(svc, port)

# shared(cluster): probes of Services with externalTrafficPolicy Cluster are one shared probe
# of kube-proxy, so that no annotation counts
# (https://learn.microsoft.com/javascript/api/@azure/arm-containerservice/clusterserviceloadbalancerhealthprobemode).
shared(cluster) if {
	lower(cluster.properties.networkProfile.loadBalancerProfile.clusterServiceLoadBalancerHealthProbeMode) == "shared"
}

# chosen_protocol(svc, port): the protocol as written, {"key", "value"}: of the port's own
# annotation, then appProtocol (key ""), then the global annotation, then TCP.
chosen_protocol(svc, port) := {"key": key, "value": value} if {
	key := port_key(port.port, "protocol")
	value := service.annotation(svc, key)
} else := {"key": "", "value": port.appProtocol} if {
	is_string(port.appProtocol)
} else := {"key": key, "value": value} if {
	key := global_key("protocol")
	value := service.annotation(svc, key)
} else := {"key": "", "value": "tcp"}

# protocol(svc, port): tcp, http or https; unknown protocols are probed with TCP.
protocol(svc, port) := word if {
	word := lower(trim_space(chosen_protocol(svc, port).value))
	word in protocols
} else := "tcp"
