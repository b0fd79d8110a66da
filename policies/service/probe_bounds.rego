# METADATA
# title: Number of a health probe is out of bounds
# description: The interval of a health probe is a whole number of seconds, at least 5 (default 5); the number of probes is at least 2 (default 2); their product must be below 120 seconds. Annotations of a port (port_80_health-probe_interval) count before the global ones. The Azure cloud controller stops with an error otherwise and the load balancer is not updated.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/configure-load-balancer-standard
#   - ref: https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: error
#   targets: [Service]
#   remediation: Use an interval of 5 or more and 2 or more probes, with a product below 120.
#   since: 0.1.0
#   catalogue: 130
package aksnetlint.rules["probe-bounds"]

import data.aksnetlint.lib.exposure
import data.aksnetlint.lib.numbers
import data.aksnetlint.lib.probes
import data.aksnetlint.lib.service

# Not a whole number, or too small.
deny contains {
	"path": service.path(setting.key),
	"message": sprintf("%s is %s: %s; the controller stops with an error", [service.full(setting.key), service.quoted(setting.value), wrong]),
} if {
	service.is_azure_lb(svc)
	probes.configured(svc)
	some port in followed
	some name, bound in probes.bounds
	setting := probes.setting(svc, port.port, name)
	not exposure.placeholder(setting.value)
	wrong := fault(setting.value, bound)
}

# Both numbers are right, but their product is not.
deny contains {
	"path": service.path(last_key(port)),
	"message": sprintf("the health probe takes %v s x %v probes = %v s: it must be below %v s, the controller stops with an error", [interval, number, interval * number, probes.total_limit]),
	"evidence": [sprintf("%v x %v = %v", [interval, number, interval * number])],
} if {
	service.is_azure_lb(svc)
	probes.configured(svc)
	some port in followed
	interval := effective(port, "interval")
	number := effective(port, "num-of-probe")
	interval * number >= probes.total_limit
}

svc := input.resource

# The ports whose probe follows the annotations.
followed := [] if {
	probes.shared(input.workspace.cluster.resource)
	not service.local_traffic(svc)
} else := probes.probed(svc)

fault(text, bound) := sprintf("it must be a whole number of %s", [bound.unit]) if {
	not numbers.int32(text)
} else := sprintf("the least is %v %s", [bound.least, bound.unit]) if {
	numbers.int32(text) < bound.least
}

# effective(port, name): the number in effect; undefined where it is wrong in itself.
effective(port, name) := probes.bounds[name]["default"] if {
	not probes.setting(svc, port.port, name)
}

effective(port, name) := number if {
	number := numbers.int32(probes.setting(svc, port.port, name).value)
	number >= probes.bounds[name].least
}

# last_key(port): the annotation to edit: the interval where it is written.
last_key(port) := key if {
	key := probes.setting(svc, port.port, "interval").key
} else := probes.setting(svc, port.port, "num-of-probe").key
