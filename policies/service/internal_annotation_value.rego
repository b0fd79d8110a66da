# METADATA
# title: Internal annotation is not exactly "true"
# description: The Azure cloud controller compares the value of service.beta.kubernetes.io/azure-load-balancer-internal with "true" and trims nothing, so that "True", "yes", "1" and " true" all give a public IP address. Its security rules compare without regard to case, so that "True" is public and at the same time closed to the Internet. For a value that means no, such as "False", this is a warning.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/internal-lb
#   - ref: https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: error
#   targets:
#     - Service
#     - gateway.networking.k8s.io/Gateway
#     - approuting.kubernetes.azure.com/NginxIngressController
#     - helm.toolkit.fluxcd.io/HelmRelease
#     - argoproj.io/Application
#     - install.istio.io/IstioOperator
#     - kafka.strimzi.io/Kafka
#     - helm/values
#   remediation: 'Write the value as "true": lower case, quoted, no blanks. Write "false" or leave the annotation out where a public address is wanted.'
#   since: 0.1.0
#   catalogue: 101
package aksnetlint.rules["internal-annotation-value"]

import data.aksnetlint.lib.carriers
import data.aksnetlint.lib.exposure
import data.aksnetlint.lib.service

deny contains object.union(hit, fix(carrier, value)) if {
	some carrier in carriers.of(input.resource)
	carriers.has(carrier, exposure.key)
	value := carriers.value(carrier, exposure.key)
	not value in {"true", "false"}
	hit := {
		"path": carriers.path(carrier, exposure.key),
		"severity": severity(value),
		"message": message(carrier, value),
	}
}

# The words that people write for yes and for no.
yes := {"true", "yes", "y", "on", "1", "t", "enabled", "internal"}

no := {"false", "no", "n", "off", "0", "f", "disabled"}

# word(value): the value as it is meant.
word(value) := lower(trim_space(value))

severity(value) := "warning" if {
	word(value) in no
} else := "note" if {
	exposure.placeholder(value)
} else := "error"

message(carrier, value) := sprintf("%s is %s, which is not exactly \"true\": %s gets a public IP address, and its security rules do not let the Internet in", [exposure.annotation, service.quoted(value), carrier.what]) if {
	service.is_true_fold(value)
} else := sprintf("%s is %s: %s gets a public IP address, as with \"false\"", [exposure.annotation, service.quoted(value), carrier.what]) if {
	word(value) in no
} else := sprintf("%s is the placeholder %s: %s gets a public IP address unless \"true\" takes its place", [exposure.annotation, service.quoted(value), carrier.what]) if {
	exposure.placeholder(value)
} else := sprintf("%s is %s, which is not exactly \"true\": %s gets a public IP address", [exposure.annotation, service.quoted(value), carrier.what])

fix(carrier, value) := {"fix": carriers.set(input.resource, carrier, exposure.key, "true")} if {
	word(value) in yes
} else := {"fix": carriers.set(input.resource, carrier, exposure.key, "false")} if {
	word(value) in no
} else := {}
