# METADATA
# title: Misspelt load balancer field
# description: Kubernetes tells upper from lower case in field names; spec.loadBalancerIp is no field of a Service. kubectl refuses it, or, without validation, the API server drops it, and the Service gets any address instead of the one that is written. The same holds for the other load balancer fields of spec.
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/
#   - ref: https://github.com/Azure/AKS/issues/784
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: error
#   targets: [Service]
#   remediation: Spell the field as the API does, loadBalancerIP; better, use the annotation azure-load-balancer-ipv4.
#   since: 0.1.0
#   catalogue: 113
package aksnetlint.rules["wrong-field-loadbalancerip"]

import data.aksnetlint.lib.carriers
import data.aksnetlint.lib.service

deny contains object.union(hit, fix(written, field)) if {
	carriers.is_service(input.resource)
	service.is_load_balancer(input.resource)
	some written, _ in input.resource.spec
	some field in fields
	written != field
	lower(written) == lower(field)
	hit := {
		"path": ["spec", written],
		"message": sprintf("spec.%s is no field of a Service and is refused or dropped: it is written %s", [written, field]),
	}
}

# The fields of a Service that shape its load balancer.
fields := {
	"allocateLoadBalancerNodePorts",
	"externalTrafficPolicy",
	"loadBalancerClass",
	"loadBalancerIP",
	"loadBalancerSourceRanges",
}

fix(written, field) := {"fix": [{"op": "move", "from": carriers.pointer(["spec", written]), "path": carriers.pointer(["spec", field])}]} if {
	not field in object.keys(input.resource.spec)
} else := {}
