package aksnetlint.rules["multi-slb-conflict_test"]

import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["multi-slb-conflict"] as rule

hits(annotations, spec) := hits if hits := rule.deny with input.resource as manifests.shaped(manifests.azure(annotations), spec)

test_conflict if {
	some hit in hits({"azure-load-balancer-configurations": "lb1", "azure-pip-name": "edge"}, {"loadBalancerIP": "20.1.2.3"})
	endswith(hit.message, "cannot be used together with service.beta.kubernetes.io/azure-pip-name, spec.loadBalancerIP")
	count(hits({"azure-load-balancer-configurations": "lb1", "azure-load-balancer-ipv4": "10.0.0.9"}, {})) == 1
}

test_silent if {
	count(hits({"azure-load-balancer-configurations": "lb1"}, {})) == 0
	count(hits({"azure-load-balancer-configurations": "", "azure-pip-name": "edge"}, {})) == 0
}
