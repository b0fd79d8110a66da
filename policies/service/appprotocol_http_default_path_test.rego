package aksnetlint.rules["appprotocol-http-default-path_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["appprotocol-http-default-path"] as rule

# messages(annotations, spec): what the rule says of such a Service.
messages(annotations, spec) := {hit.message | some hit in hits(annotations, spec)}

hits(annotations, spec) := deny if {
	deny := rule.deny with input.resource as manifests.shaped(manifests.azure(annotations), spec)
}

# in_cluster(annotations, spec, profile): the hits in a cluster with such a networkProfile.
in_cluster(annotations, spec, profile) := deny if {
	deny := rule.deny with input.resource as manifests.shaped(manifests.azure(annotations), spec)
		with input.workspace.cluster as fixture.profile_input(profile)
}

web := {"ports": [{"name": "http", "port": 80, "appProtocol": "http"}]}

test_default_path if {
	some hit in hits({}, web)
	hit.path == ["spec", "ports", 0, "appProtocol"]
	hit.message == "appProtocol http makes the health probe of port 80 a request for /: a backend that does not answer it with 200 gets no traffic"
	count(hits({}, {"ports": [{"name": "a", "port": 80, "appProtocol": "HTTP"}, {"name": "b", "port": 443, "appProtocol": "https"}]})) == 2
}

# appProtocol counts before the global annotation.
test_global_protocol_does_not_help if {
	some message in messages({"azure-load-balancer-health-probe-protocol": "tcp"}, web)
	contains(message, "a request for / in spite of service.beta.kubernetes.io/azure-load-balancer-health-probe-protocol:")
}

test_silent if {
	every annotations in [
		{"azure-load-balancer-health-probe-request-path": "/healthz"},
		{"port_80_health-probe_request-path": "/healthz"},
		{"port_80_health-probe_protocol": "tcp"},
		{"port_80_no_probe_rule": "true"},
	] {
		count(hits(annotations, web)) == 0
	}
	count(hits({}, object.union(web, {"externalTrafficPolicy": "Local"}))) == 0
	count(hits({}, {"ports": [{"port": 80, "appProtocol": "kubernetes.io/h2c"}]})) == 0
	count(hits({}, {})) == 0
	count(in_cluster({}, web, {"loadBalancerProfile": {"clusterServiceLoadBalancerHealthProbeMode": "Shared"}})) == 0
	count(in_cluster({}, web, {})) == 1
}
