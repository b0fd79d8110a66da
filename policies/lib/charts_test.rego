package aksnetlint.lib.charts_test

import data.aksnetlint.lib.charts
import data.aksnetlint.lib.manifests

# exposed(resource): path to whether it is exposed, of each carrier.
exposed(resource) := {concat(".", [sprintf("%v", [step]) | some step in carrier.path]): carrier.exposed | some carrier in charts.carriers(resource)}

test_release if {
	exposed(manifests.release("ingress-nginx", {})) == {"spec.values.controller.service.annotations": true}
	exposed(manifests.release("charts/ingress-nginx", null)) == {"spec.values.controller.service.annotations": true}
	exposed(manifests.release("other", {"controller": {"service": {}}})) == {}
	exposed(manifests.release("other", {"controller": {"service": {"annotations": {}}}})) == {"spec.values.controller.service.annotations": false}
}

test_more_values if {
	every field in ["valuesFrom", "postRenderers"] {
		release := object.union(manifests.release("ingress-nginx", {}), {"spec": {field: [{"name": "more"}]}})
		exposed(release) == {"spec.values.controller.service.annotations": false}
	}
}

test_no_chart_name if exposed({"kind": "HelmRelease", "spec": {"chartRef": {"name": "x"}, "values": {"service": {"annotations": {}}}}}) == {"spec.values.service.annotations": false}

test_not_rendered if {
	every service in [
		{"enabled": false},
		{"external": {"enabled": false}},
		{"type": "NodePort"},
		{"loadBalancerClass": "x"},
	] {
		exposed(manifests.release("ingress-nginx", {"controller": {"service": service}})) == {}
	}
	exposed({"service": {"type": "ClusterIP", "annotations": {}}}) == {}
}

test_second_service if {
	internal := {"internal": {"enabled": true, "annotations": manifests.internal}}
	exposed(manifests.release("ingress-nginx", {"controller": {"service": internal}})) == {
		"spec.values.controller.service.annotations": false,
		"spec.values.controller.service.internal.annotations": true,
	}
}

test_file if {
	exposed({"controller": {"service": {"annotations": {}}}}) == {"controller.service.annotations": false}
	exposed({"controller": {"service": {"annotations": {}}, "admissionWebhooks": {}}}) == {"controller.service.annotations": true}
	exposed({"controller": {"service": {"type": "", "loadBalancerClass": ""}, "ingressClassResource": {}}}) == {"controller.service.annotations": true}
	exposed({"ingress-nginx": {"controller": {"service": {}}}}) == {"ingress-nginx.controller.service.annotations": true}
	exposed({"service": {"annotations": {}}}) == {"service.annotations": false}
}

test_file_severity if {
	some carrier in charts.carriers({"controller": {"service": {}, "admissionWebhooks": {}}})
	carrier.severity == "warning"
}

test_application if {
	exposed(manifests.application({"chart": "ingress-nginx"})) == {"spec.source.helm.valuesObject.controller.service.annotations": true}
	exposed(manifests.application({"chart": "ingress-nginx", "helm": {"valuesObject": {}}})) == {"spec.source.helm.valuesObject.controller.service.annotations": true}
	exposed(manifests.application({"chart": "ingress-nginx", "helm": {"values": "controller: {}"}})) == {"spec.source.helm.values.controller.service.annotations": true}
	exposed(manifests.application({"chart": "ingress-nginx", "helm": {"parameters": [{"name": "x"}]}})) == {"spec.source.helm.valuesObject.controller.service.annotations": false}
	exposed(manifests.application({"chart": "ingress-nginx", "helm": {"values": ": :"}})) == {}
	exposed({"kind": "Application", "spec": {"sources": [{"path": "x"}, {"chart": "ingress-nginx"}]}}) == {"spec.sources.1.helm.valuesObject.controller.service.annotations": true}
}
