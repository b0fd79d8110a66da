# METADATA
# title: Port of a health probe is not a port of the Service
# description: port_N_health-probe_port holds the name of a port of the Service, in any case, or a number from 0 to 65535. The name or number of a service port means its node port; any other number is probed as it stands. A name that the Service does not have, or a number out of range, makes the Azure cloud controller stop with an error.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/configure-load-balancer-standard
#   - ref: https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: error
#   targets: [Service]
#   remediation: Name a port of the Service, or write a number from 0 to 65535.
#   since: 0.1.0
#   catalogue: 133
package aksnetlint.rules["probe-port-unknown"]

import data.aksnetlint.lib.exposure
import data.aksnetlint.lib.numbers
import data.aksnetlint.lib.probes
import data.aksnetlint.lib.service

deny contains {
	"path": service.path(key),
	"message": sprintf("%s is %s: %s; the controller stops with an error", [service.full(key), service.quoted(value), wrong]),
} if {
	service.is_azure_lb(input.resource)
	probes.configured(input.resource)
	some port in probes.probed(input.resource)
	key := probes.port_key(port.port, "port")
	value := service.annotation(input.resource, key)
	not exposure.placeholder(value)
	not lower(value) in names
	wrong := fault(value)
}

# A port without a name has the empty one.
names := {lower(object.get(port, "name", "")) | some port in service.ports(input.resource)}

listed := concat(", ", sort([name | some name in names; name != ""]))

has := sprintf("the Service has no port of that name, only %s", [listed]) if {
	listed != ""
} else := "the Service has no port of that name"

fault(value) := has if {
	not service.is_integer(value)
} else := "a port is a number from 0 to 65535" if {
	not in_range(value)
}

in_range(value) if {
	number := numbers.int32(value)
	number >= 0
	number <= 65535
}
