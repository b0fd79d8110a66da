package aksnetlint.rules["loadbalancerip-deprecated_test"]

import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["loadbalancerip-deprecated"] as rule

hits(resource) := hits if hits := rule.deny with input.resource as resource

test_note if {
	some hit in hits(manifests.shaped(manifests.internal, {"loadBalancerIP": "10.1.0.9"}))
	not hit.severity
	hit.fix == [
		{"op": "remove", "path": "/spec/loadBalancerIP"},
		{"op": "add", "path": "/metadata/annotations/service.beta.kubernetes.io~1azure-load-balancer-ipv4", "value": "10.1.0.9"},
	]
}

test_no_fix if {
	every hit in hits({"spec": {"type": "LoadBalancer", "loadBalancerIP": "10.1.0.9"}}) {
		not hit.fix
	}
	every hit in hits(manifests.shaped(manifests.internal, {"loadBalancerIP": "<ip>"})) {
		not hit.fix
	}
}

test_overruled if {
	some hit in hits(manifests.shaped(manifests.azure({"azure-load-balancer-ipv4": "10.1.0.8"}), {"loadBalancerIP": "10.1.0.9"}))
	hit.severity == "warning"
	hit.message == "spec.loadBalancerIP 10.1.0.9 is ignored: the annotation service.beta.kubernetes.io/azure-load-balancer-ipv4 asks for 10.1.0.8"
}

test_dual_stack if {
	some hit in hits(manifests.shaped({}, {"loadBalancerIP": "10.1.0.9", "ipFamilyPolicy": "RequireDualStack"}))
	hit.severity == "warning"
	contains(hit.message, "is for IPv4 alone")
}

test_silent if {
	count(hits(manifests.shaped({}, {"loadBalancerIP": ""}))) == 0
	count(hits(manifests.shaped({}, {"loadBalancerIP": "10.1.0.9", "type": "ClusterIP"}))) == 0
}
