package aksnetlint.rules["approuting-default-public_test"]

import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["approuting-default-public"] as rule

hits(routing, controllers) := hits if {
	cluster := {"properties": {"ingressProfile": {"webAppRouting": routing}}}
	hits := rule.deny with input as {"resource": cluster, "workspace": {"objects": {"NginxIngressController": controllers}}}
}

type(word) := {"enabled": true, "nginx": {"defaultIngressControllerType": word}}

controller(name) := {
	"kind": "NginxIngressController",
	"metadata": {"name": name},
	"spec": {"loadBalancerAnnotations": manifests.internal},
}

test_public if {
	some hit in hits({"enabled": true}, [])
	endswith(hit.message, "defaultIngressControllerType is not set")
	some external in hits(type("External"), [])
	endswith(external.message, "defaultIngressControllerType is External")
	count(hits(type("AnnotationControlled"), [controller("other")])) == 1
}

test_silent if {
	count(hits(type("Internal"), [])) == 0
	count(hits(type("none"), [])) == 0
	count(hits(type("AnnotationControlled"), [controller("default")])) == 0
	count(hits({"enabled": false}, [])) == 0
}
