package aksnetlint.rules["probe-path-with-tcp_test"]

import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["probe-path-with-tcp"] as rule

# messages(annotations, spec): what the rule says of such a Service.
messages(annotations, spec) := {hit.message | some hit in hits(annotations, spec)}

hits(annotations, spec) := deny if {
	deny := rule.deny with input.resource as manifests.shaped(manifests.azure(annotations), spec)
}

path := "azure-load-balancer-health-probe-request-path"

test_global if {
	messages({path: "/healthz"}, {}) == {"service.beta.kubernetes.io/azure-load-balancer-health-probe-request-path is ignored: the health probe uses tcp"}
	count(hits({path: "/healthz", "azure-load-balancer-health-probe-protocol": "grpc"}, {})) == 1
}

test_port if {
	count(hits({"port_80_health-probe_request-path": "/healthz"}, {})) == 1
	count(hits({"port_80_health-probe_request-path": "/healthz", "port_80_health-probe_protocol": "tcp", "azure-load-balancer-health-probe-protocol": "http"}, {})) == 1
}

test_silent if {
	count(hits({path: "/healthz", "azure-load-balancer-health-probe-protocol": "Http"}, {})) == 0
	count(hits({path: "/healthz"}, {"ports": [{"name": "a", "port": 80, "appProtocol": "http"}, {"name": "b", "port": 81}]})) == 0
	count(hits({path: "/healthz"}, {"externalTrafficPolicy": "Local"})) == 0
	count(hits({path: "/healthz"}, {"ports": [{"port": 53, "protocol": "UDP"}]})) == 0
}
