package aksnetlint.rules["invalid-service_test"]

import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["invalid-service"] as rule

hits(resource) := hits if hits := rule.deny with input.resource as resource

spec(fields) := hits(manifests.shaped({}, fields))

metadata(fields) := hits(object.union(manifests.balanced({}), {"metadata": fields}))

test_names if {
	some hit in metadata({"name": 7})
	hit.message == "metadata.name is the number 7, not a string: the API server refuses the Service"
	not hit.fix
	count(metadata({"labels": {"version": 1.5}})) == 1
	some list in metadata({"annotations": ["a"]})
	list.message == "metadata.annotations is a list, not a map: the API server refuses the Service"
	not list.fix
}

test_spec_types if {
	some hit in spec({"ports": [{"port": "80"}]})
	hit.path == ["spec", "ports", 0, "port"]
	hit.fix[0].value == 80
	every fields in [
		{"selector": {"app": true}},
		{"loadBalancerSourceRanges": "10.0.0.0/8"},
		{"loadBalancerSourceRanges": [7]},
		{"allocateLoadBalancerNodePorts": "false"},
		{"ports": [{"port": 80, "name": {"a": 1}}]},
		{"ports": ["80"]},
	] {
		count(spec(fields)) == 1
	}
}

test_words if {
	some hit in spec({"type": "loadbalancer"})
	hit.message == "spec.type is \"loadbalancer\": the API server refuses what is not ClusterIP, ExternalName, LoadBalancer, NodePort"
	count(spec({"externalTrafficPolicy": "local"})) == 1
	count(spec({"ports": [{"port": 80, "protocol": "tcp"}]})) == 1
	count(spec({"ipFamilies": ["ipv4"]})) == 1
}

test_port_numbers if {
	every port in [{"port": 0}, {"port": 70000}, {"port": 80, "nodePort": -1}, {"port": 80, "targetPort": 8080.5}] {
		count(spec({"ports": [port]})) == 1
	}
}

test_ports if {
	count(spec({"ports": [{"name": "a", "port": 80}, {"name": "b", "port": 80}]})) == 1
	count(spec({"ports": [{"name": "a", "port": 53}, {"name": "b", "port": 53, "protocol": "UDP"}]})) == 0
	some hit in spec({"ports": [{"name": "a", "port": 80}, {"port": 81}]})
	hit.message == "spec.ports[1] has no name, which the API server demands of a Service with 2 ports"
	some none in spec({"ports": []})
	none.severity == "warning"
}

test_silent if {
	every fields in [
		{},
		{"type": "${TYPE}", "loadBalancerIP": null},
		{"ports": [{"port": "${PORT}", "targetPort": "http"}]},
		{"type": "ExternalName", "ports": null},
	] {
		count(spec(fields)) == 0
	}
}

test_name_twice if {
	messages := {hit.message | some hit in rule.deny} with input.resource as {
		"kind": "Service",
		"metadata": {"name": "web"},
		"spec": {"type": "ClusterIP", "ports": [{"name": "a", "port": 80}, {"name": "a", "port": 81}]},
	}
	messages == {`port name "a" is there twice: the API server refuses the Service`}
}

test_headless if {
	hits := rule.deny with input.resource as {
		"kind": "Service",
		"metadata": {"name": "web"},
		"spec": {"type": "LoadBalancer", "clusterIP": "None", "ports": [{"port": 80}]},
	}
	{hit.path | some hit in hits} == {["spec", "clusterIP"]}
	headless := rule.deny with input.resource as {
		"kind": "Service",
		"metadata": {"name": "web"},
		"spec": {"clusterIP": "None", "ports": [{"port": 80}]},
	}
	count(headless) == 0
}
