package aksnetlint.rules["invalid-additional-public-ip_test"]

import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["invalid-additional-public-ip"] as rule

# messages(annotations, spec): what the rule says of such a Service.
messages(annotations, spec) := {hit.message | some hit in hits(annotations, spec)}

hits(annotations, spec) := deny if {
	deny := rule.deny with input.resource as manifests.shaped(manifests.azure(annotations), spec)
}

test_invalid if {
	messages({"azure-additional-public-ips": "20.1.2.3,20.1.2"}, {}) == {`service.beta.kubernetes.io/azure-additional-public-ips holds "20.1.2", which is no IP address: the controller stops with an error`}
	count(hits({"azure-additional-public-ips": "20.1.2.0/24"}, {})) == 1
}

test_blanks_and_empty_items if every value in ["", "20.1.2.3,", "20.1.2.3, 20.1.2.4"] {
	some hit in hits({"azure-additional-public-ips": value}, {})
	hit.severity == "warning"
	hit.message == "service.beta.kubernetes.io/azure-additional-public-ips has an empty item or blanks around one, which the controller may not accept"
}

test_silent if {
	every value in ["20.1.2.3", " 20.1.2.3,2001:db8::1 ", "${PUBLIC_IPS}"] {
		count(hits({"azure-additional-public-ips": value}, {})) == 0
	}
	count(hits({"azure-additional-public-ips": "x"}, {"loadBalancerClass": "x"})) == 0
}
