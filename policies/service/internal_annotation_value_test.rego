package aksnetlint.rules["internal-annotation-value_test"]

import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["internal-annotation-value"] as rule

hits(value) := hits if hits := rule.deny with input.resource as manifests.balanced(manifests.azure({"azure-load-balancer-internal": value}))

test_case if {
	some hit in hits("True")
	hit.severity == "error"
	contains(hit.message, "do not let the Internet in")
	hit.fix[0].value == "true"
}

test_blanks if every value in [" true", "true ", "true\n", "true\t"] {
	some hit in hits(value)
	hit.severity == "error"
	not contains(hit.message, "do not let the Internet in")
	hit.fix[0].value == "true"
}

test_other_words if {
	every value in ["yes", "1", "on"] {
		some hit in hits(value)
		hit.fix[0].value == "true"
	}
	every value in ["0.0.0.0/0", "", "intern"] {
		some hit in hits(value)
		hit.severity == "error"
		not hit.fix
	}
}

test_no if every value in ["False", "no", "0"] {
	some hit in hits(value)
	hit.severity == "warning"
	hit.fix[0].value == "false"
}

test_placeholder if {
	some hit in hits("${INTERNAL}")
	hit.severity == "note"
}

test_silent if every value in ["true", "false", null, true] {
	count(hits(value)) == 0
}

test_chart_quotes if {
	every value in [true, "true"] {
		count(rule.deny) == 0 with input.resource as {"controller": {"service": {"annotations": manifests.azure({"azure-load-balancer-internal": value})}}}
	}
	count(rule.deny) == 1 with input.resource as {"controller": {"service": {"annotations": manifests.azure({"azure-load-balancer-internal": "True"})}}}
}
