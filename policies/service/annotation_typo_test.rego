package aksnetlint.rules["annotation-typo_test"]

import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["annotation-typo"] as rule

hits(resource) := hits if hits := rule.deny with input.resource as resource

severities(resource) := [object.get(hit, "severity", "default") | some hit in hits(resource)]

test_exposing if {
	some hit in hits(manifests.balanced(manifests.azure({"azure-loadbalancer-internal": "true"})))
	hit.severity == "error"
	contains(hit.message, "so that Service shop/web is public")
	hit.fix == [{
		"op": "move",
		"from": "/metadata/annotations/service.beta.kubernetes.io~1azure-loadbalancer-internal",
		"path": "/metadata/annotations/service.beta.kubernetes.io~1azure-load-balancer-internal",
	}]
}

test_not_exposing if {
	severities(manifests.balanced(manifests.azure({"azure-loadbalancer-internal": "false"}))) == ["warning"]
	severities(manifests.balanced(manifests.azure({"azure-pip-nam": "edge"}))) == ["warning"]
}

test_both_spellings if {
	some hit in hits(manifests.balanced(manifests.azure({"azure-loadbalancer-internal": "true", "azure-load-balancer-internal": "true"})))
	hit.severity == "warning"
	not hit.fix
}

test_unknown_and_dead if {
	messages := {hit.message | some hit in hits(manifests.balanced(manifests.azure({
		"azure-shared-securityrule": "true",
		"azure-wholly-other-thing": "x",
	})))}
	messages == {
		"the Azure cloud controller does not read service.beta.kubernetes.io/azure-shared-securityrule: the controller has not read it since release 1.31",
		"the Azure cloud controller does not read service.beta.kubernetes.io/azure-wholly-other-thing",
	}
}

test_port if {
	some hit in hits(manifests.balanced(manifests.azure({"port_81_no_lb_rule": "true"})))
	hit.message == "service.beta.kubernetes.io/port_81_no_lb_rule has no effect: Service shop/web has no port 81"
	some wrong in hits(manifests.balanced(manifests.azure({"port_80_no-lb-rule": "true"})))
	contains(wrong.message, "did you mean service.beta.kubernetes.io/port_80_no_lb_rule?")
	count(hits(manifests.balanced(manifests.azure({"port_80_no_lb_rule": "true"})))) == 0
	count(hits(manifests.shaped(manifests.azure({"port_81_no_lb_rule": "true"}), {"ports": []}))) == 0
}

test_label if {
	some hit in hits(object.union(manifests.balanced({}), {"metadata": {"labels": manifests.internal}}))
	hit.severity == "error"
	hit.path == ["metadata", "labels", "service.beta.kubernetes.io/azure-load-balancer-internal"]
	hit.fix[1].path == "/metadata/annotations/service.beta.kubernetes.io~1azure-load-balancer-internal"
}

test_relocation_makes_the_map if {
	some hit in hits({"kind": "Service", "metadata": {"name": "web"}, "spec": {"type": "LoadBalancer", "annotations": manifests.internal}})
	hit.fix[1] == {"op": "add", "path": "/metadata/annotations", "value": manifests.internal}
}

test_no_relocation if {
	some hit in hits(object.union(manifests.balanced(manifests.internal), {"metadata": {"labels": manifests.internal}}))
	hit.severity == "warning"
	not hit.fix
}

test_top_level if {
	some hit in hits(object.union(manifests.balanced({}), manifests.internal))
	contains(hit.message, "stands in the top level")
}

test_ingress if {
	some hit in hits({"kind": "Ingress", "metadata": {"annotations": manifests.internal}})
	contains(hit.message, "no effect on an Ingress")
}

test_gateway if {
	some istio in hits(manifests.gateway("istio", manifests.internal, {"annotations": {"team": "edge"}}))
	contains(istio.message, "Istio copies a Gateway's own annotations only where")
	some other in hits(manifests.gateway("eg", manifests.internal, {}))
	contains(other.message, "only Istio copies")
	count(hits(manifests.gateway("istio", manifests.internal, {}))) == 0
	count(hits(manifests.gateway("eg", manifests.internal, {"annotations": manifests.internal}))) == 0
}

test_no_fix_in_a_text if {
	values := yaml.marshal({"service": {"annotations": manifests.azure({"azure-loadbalancer-internal": "true"})}})
	some hit in hits(manifests.application({"helm": {"values": values}}))
	not hit.fix
}

test_silent if every resource in [
	manifests.balanced(manifests.internal),
	manifests.balanced({"service.beta.kubernetes.io/aws-load-balancer-type": "nlb", "team": "shop"}),
	manifests.shaped(manifests.azure({"azure-loadbalancer-internal": "true"}), {"type": "ClusterIP"}),
	{"kind": "Ingress", "metadata": {"annotations": {"team": "shop"}}},
] {
	count(hits(resource)) == 0
}
