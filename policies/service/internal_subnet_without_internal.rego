# METADATA
# title: Internal subnet is named but the load balancer is public
# description: service.beta.kubernetes.io/azure-load-balancer-internal-subnet says in which subnet an internal frontend stands. The Azure cloud controller reads it only where azure-load-balancer-internal is exactly "true"; otherwise it passes over it without a word and gives the Service a public IP address.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/internal-lb#specify-a-different-subnet
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
#   remediation: 'Add service.beta.kubernetes.io/azure-load-balancer-internal: "true", or remove the subnet annotation.'
#   since: 0.1.0
#   catalogue: 104
package aksnetlint.rules["internal-subnet-without-internal"]

import data.aksnetlint.lib.carriers
import data.aksnetlint.lib.exposure
import data.aksnetlint.lib.service

deny contains object.union(hit, fix(carrier)) if {
	some carrier in carriers.of(input.resource)
	subnet := carriers.value(carrier, subnet_key)
	trim_space(subnet) != ""
	not carriers.is_internal(carrier)
	not carriers.refused(carrier)
	hit := {
		"path": carriers.path(carrier, subnet_key),
		"message": sprintf("subnet %s is not used and %s is public: %s %s", [service.quoted(subnet), carrier.what, exposure.annotation, state(carrier)]),
	}
}

subnet_key := "azure-load-balancer-internal-subnet"

state(carrier) := sprintf("is %s, not exactly \"true\"", [service.quoted(value)]) if {
	value := carriers.value(carrier, exposure.key)
	value != ""
} else := "is not set"

# A value that is there and wrong is mended by internal-annotation-value.
fix(carrier) := {"fix": carriers.set(input.resource, carrier, exposure.key, "true")} if {
	not service.full(exposure.key) in object.keys(carrier.annotations)
} else := {}
