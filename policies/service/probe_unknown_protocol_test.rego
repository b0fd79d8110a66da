package aksnetlint.rules["probe-unknown-protocol_test"]

import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["probe-unknown-protocol"] as rule

# messages(annotations, spec): what the rule says of such a Service.
messages(annotations, spec) := {hit.message | some hit in hits(annotations, spec)}

hits(annotations, spec) := deny if {
	deny := rule.deny with input.resource as manifests.shaped(manifests.azure(annotations), spec)
}

protocol := "azure-load-balancer-health-probe-protocol"

test_unknown if {
	messages({protocol: "grpc"}, {}) == {`service.beta.kubernetes.io/azure-load-balancer-health-probe-protocol is "grpc", which is none of tcp, http and https: the probe silently uses tcp`}
	some hit in hits({protocol: "http", "port_80_health-probe_protocol": "httpp"}, {})
	hit.path[2] == "service.beta.kubernetes.io/port_80_health-probe_protocol"
}

test_silent if {
	every value in ["tcp", "HTTP", " Https ", "{{ .Values.protocol }}"] {
		count(hits({protocol: value}, {})) == 0
	}
	count(hits({}, {"ports": [{"port": 80, "appProtocol": "grpc"}]})) == 0
	count(hits({protocol: "grpc"}, {"ports": [{"port": 80, "appProtocol": "http"}]})) == 0
	count(hits({protocol: "grpc"}, {"externalTrafficPolicy": "Local"})) == 0
	count(hits({protocol: "grpc"}, {"loadBalancerClass": "x"})) == 0
}
