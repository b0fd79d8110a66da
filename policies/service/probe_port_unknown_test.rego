package aksnetlint.rules["probe-port-unknown_test"]

import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["probe-port-unknown"] as rule

# messages(annotations, spec): what the rule says of such a Service.
messages(annotations, spec) := {hit.message | some hit in hits(annotations, spec)}

hits(annotations, spec) := deny if {
	deny := rule.deny with input.resource as manifests.shaped(manifests.azure(annotations), spec)
}

key := "port_80_health-probe_port"

test_name if {
	messages({key: "metrics"}, {}) == {`service.beta.kubernetes.io/port_80_health-probe_port is "metrics": the Service has no port of that name, only http; the controller stops with an error`}
	some message in messages({key: "metrics"}, {"ports": [{"port": 80}]})
	contains(message, "the Service has no port of that name; the controller")
}

test_number if every value in ["70000", "-1", "99999999999"] {
	some message in messages({key: value}, {})
	contains(message, "a port is a number from 0 to 65535")
}

test_blanks if count(hits({key: " 80"}, {})) == 1

test_silent if {
	every value in ["http", "HTTP", "80", "10256", "0", "${PORT}"] {
		count(hits({key: value}, {})) == 0
	}
	count(hits({key: "x", "port_80_no_lb_rule": "true"}, {})) == 0
	count(hits({key: "x"}, {"ports": [{"port": 80, "protocol": "UDP"}]})) == 0
	count(hits({"port_81_health-probe_port": "x"}, {})) == 0
	count(hits({key: ""}, {"ports": [{"port": 80}]})) == 0
}
