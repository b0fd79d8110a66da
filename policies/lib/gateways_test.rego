package aksnetlint.lib.gateways_test

import data.aksnetlint.lib.gateways
import data.aksnetlint.lib.manifests

only(resource) := carrier if some carrier in gateways.carriers(resource)

test_istio_copies_own_annotations if {
	carrier := only(manifests.gateway("istio", manifests.internal, {}))
	carrier.path == ["metadata", "annotations"]
	carrier.exposed
}

test_infrastructure_switches_the_copy_off if {
	carrier := only(manifests.gateway("istio", manifests.internal, {"annotations": {}}))
	carrier.path == ["spec", "infrastructure", "annotations"]
	carrier.annotations == {}
	carrier.exposed
}

test_nothing_written if only(manifests.gateway("istio", {}, {})).path == ["spec", "infrastructure", "annotations"]

test_not_exposed if {
	every gateway in [
		manifests.gateway("eg", {}, {}),
		manifests.gateway("istio", {}, {"parametersRef": {"name": "settings"}}),
		manifests.gateway("istio", {"networking.istio.io/service-type": "ClusterIP"}, {}),
		manifests.gateway("istio", {}, {"annotations": {"networking.istio.io/service-type": "NodePort"}}),
		object.union(manifests.gateway("istio", {}, {}), {"spec": {"addresses": [{"value": "edge.example"}]}}),
	] {
		only(gateway).exposed == false
	}
}

test_other_gateway if count(gateways.carriers({"kind": "Gateway", "apiVersion": "networking.istio.io/v1", "spec": {}})) == 0

# operator(gateway): an IstioOperator with this ingress gateway.
operator(gateway) := {
	"kind": "IstioOperator",
	"spec": {"components": {"ingressGateways": [gateway]}},
}

test_operator if {
	carrier := only(operator({"name": "edge", "enabled": true, "k8s": {"serviceAnnotations": manifests.internal}}))
	carrier.what == "the Service of Istio gateway edge"
	carrier.path == ["spec", "components", "ingressGateways", 0, "k8s", "serviceAnnotations"]
	carrier.annotations == manifests.internal
	carrier.exposed
}

test_operator_not_exposed if {
	every gateway in [
		{"k8s": {}},
		{"enabled": true, "k8s": {"overlays": [{}]}},
		{"enabled": true, "k8s": {"service": {"type": "LoadBalancer", "loadBalancerClass": "x"}}},
	] {
		only(operator(gateway)).exposed == false
	}
	only(object.union(operator({"enabled": true}), {"spec": {"values": {"gateways": {}}}})).exposed == false
	count(gateways.carriers(operator({"enabled": false}))) == 0
	count(gateways.carriers(operator({"enabled": true, "k8s": {"service": {"type": "ClusterIP"}}}))) == 0
}
