package aksnetlint.rules["probe-config-ignored-with-etp-local_test"]

import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["probe-config-ignored-with-etp-local"] as rule

# messages(annotations, spec): what the rule says of such a Service.
messages(annotations, spec) := {hit.message | some hit in hits(annotations, spec)}

hits(annotations, spec) := deny if {
	deny := rule.deny with input.resource as manifests.shaped(manifests.azure(annotations), spec)
}

local := {"externalTrafficPolicy": "Local"}

test_global if {
	messages({"azure-load-balancer-health-probe-protocol": "http", "azure-load-balancer-health-probe-interval": "10"}, local) == {
		"service.beta.kubernetes.io/azure-load-balancer-health-probe-protocol is ignored: with externalTrafficPolicy Local the health check of the node is probed",
		"service.beta.kubernetes.io/azure-load-balancer-health-probe-interval is ignored: with externalTrafficPolicy Local the health check of the node is probed",
	}
}

test_port if {
	some hit in hits({"port_80_health-probe_request-path": "/x"}, local)
	hit.path[2] == "service.beta.kubernetes.io/port_80_health-probe_request-path"
}

test_silent if {
	count(hits({"azure-load-balancer-health-probe-protocol": "http"}, {})) == 0
	count(hits({"azure-load-balancer-health-probe-protocol": "http", "port_80_health-probe_port": "80", "port_80_health-probe_interval": "9"}, local)) == 0
	count(hits({}, local)) == 0
}
