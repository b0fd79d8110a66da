# METADATA
# title: Idle timeout is out of range
# description: azure-load-balancer-tcp-idle-timeout is a whole number of minutes. The Azure cloud controller takes 4 to 100 and stops with an error for anything else; the AKS documentation promises 4 to 30 only, so that more is a warning.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/configure-load-balancer-standard
#   - ref: https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: error
#   targets: [Service]
#   remediation: Use 4 to 30 minutes.
#   since: 0.1.0
#   catalogue: 140
package aksnetlint.rules["idle-timeout-range"]

import data.aksnetlint.lib.exposure
import data.aksnetlint.lib.numbers
import data.aksnetlint.lib.service

deny contains {
	"path": service.path(key),
	"message": sprintf("%s is %s: the controller takes a whole number of minutes from %v to %v and stops with an error", [service.full(key), service.quoted(value), least, most]),
} if {
	written
	not accepted
}

deny contains {
	"path": service.path(key),
	"severity": "warning",
	"message": sprintf("the idle timeout of %v minutes is above the %v that AKS documents", [numbers.int32(value), documented]),
} if {
	accepted
	numbers.int32(value) > documented
}

key := "azure-load-balancer-tcp-idle-timeout"

value := service.annotation(input.resource, key)

# Minutes: the bounds of the controller, and the upper one of the AKS documentation.
least := 4

most := 100

documented := 30

written if {
	service.is_azure_lb(input.resource)
	not exposure.placeholder(value)
}

accepted if {
	written
	minutes := numbers.int32(value)
	minutes >= least
	minutes <= most
}
