package aksnetlint.rules["annotation-not-a-string_test"]

import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["annotation-not-a-string"] as rule

hits(resource) := hits if hits := rule.deny with input.resource as resource

test_boolean if {
	some hit in hits(manifests.balanced(manifests.azure({"azure-load-balancer-internal": true})))
	hit.message == "annotation service.beta.kubernetes.io/azure-load-balancer-internal is the boolean true, not a string: the API server refuses the object"
	hit.fix == [{"op": "replace", "path": "/metadata/annotations/service.beta.kubernetes.io~1azure-load-balancer-internal", "value": "true"}]
}

test_number if {
	some hit in hits(manifests.balanced(manifests.azure({"azure-load-balancer-tcp-idle-timeout": 10})))
	hit.fix[0].value == "10"
	every number in [1.10, 7] {
		some other in hits({"kind": "Ingress", "metadata": {"annotations": {"example.com/version": number}}})
		not other.fix
	}
}

test_list_and_map if {
	found := hits(manifests.shaped({"a": ["x"], "b": {"c": "d"}}, {"type": "ClusterIP"}))
	{hit.message | some hit in found} == {
		"annotation a is a list, not a string: the API server refuses the object",
		"annotation b is a map, not a string: the API server refuses the object",
	}
	every hit in found {
		not hit.fix
	}
}

test_carrier if {
	some hit in hits({"kind": "NginxIngressController", "metadata": {"name": "x"}, "spec": {"loadBalancerAnnotations": manifests.azure({"azure-load-balancer-internal": true})}})
	hit.path == ["spec", "loadBalancerAnnotations", "service.beta.kubernetes.io/azure-load-balancer-internal"]
}

test_silent if every resource in [
	manifests.balanced({"a": "true", "b": null}),
	{"kind": "Service", "metadata": {"annotations": null}},
	manifests.release("ingress-nginx", {"controller": {"service": {"annotations": {"a": true}}}}),
] {
	count(hits(resource)) == 0
}
