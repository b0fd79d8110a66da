# METADATA
# title: Protocol of a health probe is unknown
# description: A health probe speaks tcp, http or https, in any case. Any other word silently means tcp. An annotation of the port counts before appProtocol, and appProtocol before the global annotation.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/configure-load-balancer-standard
#   - ref: https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: warning
#   targets: [Service]
#   remediation: Write tcp, http or https.
#   since: 0.1.0
#   catalogue: 131
package aksnetlint.rules["probe-unknown-protocol"]

import data.aksnetlint.lib.exposure
import data.aksnetlint.lib.probes
import data.aksnetlint.lib.service

deny contains {
	"path": service.path(chosen.key),
	"message": sprintf("%s is %s, which is none of tcp, http and https: the probe silently uses tcp", [service.full(chosen.key), service.quoted(chosen.value)]),
} if {
	service.is_azure_lb(input.resource)
	probes.configured(input.resource)
	some port in probes.probed(input.resource)
	chosen := probes.chosen_protocol(input.resource, port)
	chosen.key != ""
	not lower(trim_space(chosen.value)) in probes.protocols
	not exposure.placeholder(chosen.value)
}
