package aksnetlint.rules["idle-timeout-range_test"]

import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["idle-timeout-range"] as rule

# messages(annotations, spec): what the rule says of such a Service.
messages(annotations, spec) := {hit.message | some hit in hits(annotations, spec)}

hits(annotations, spec) := deny if {
	deny := rule.deny with input.resource as manifests.shaped(manifests.azure(annotations), spec)
}

key := "azure-load-balancer-tcp-idle-timeout"

test_refused if every value in ["3", "101", "0", "-5", "15m", "4.5", ""] {
	some hit in hits({key: value}, {})
	hit.message == sprintf("service.beta.kubernetes.io/azure-load-balancer-tcp-idle-timeout is %s: the controller takes a whole number of minutes from 4 to 100 and stops with an error", [json.marshal(value)])
	not hit.severity
}

test_undocumented if every value in ["31", "100", " 60 "] {
	some hit in hits({key: value}, {})
	hit.severity == "warning"
	hit.message == sprintf("the idle timeout of %s minutes is above the 30 that AKS documents", [trim_space(value)])
}

test_silent if every value in ["4", "30", " 5 ", "${IDLE_MINUTES}"] {
	count(hits({key: value}, {})) == 0
}

test_other_class if count(hits({key: "3"}, {"loadBalancerClass": "x"})) == 0
