package aksnetlint.rules["pls-ipv6_test"]

import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["pls-ipv6"] as rule

# messages(annotations, spec): what the rule says of such a Service.
messages(annotations, spec) := {hit.message | some hit in hits(annotations, spec)}

hits(annotations, spec) := deny if {
	deny := rule.deny with input.resource as manifests.shaped(manifests.azure(annotations), spec)
}

linked(spec) := hits({"azure-load-balancer-internal": "true", "azure-pls-create": "true"}, spec)

test_single if {
	some hit in linked({"ipFamilies": ["IPv6"]})
	hit.path == ["spec", "ipFamilies"]
	hit.message == "Service shop/web is IPv6 alone: a private link service needs IPv4"
	not hit.severity
}

test_dual if {
	some hit in linked({"ipFamilyPolicy": "RequireDualStack"})
	hit.severity == "note"
	hit.message == "the private link service of dual-stack Service shop/web gets the IPv4 frontend only"
	count(linked({"ipFamilies": ["IPv6", "IPv4"]})) == 1
}

test_silent if {
	count(linked({})) == 0
	count(linked({"ipFamilies": ["IPv4"]})) == 0
	count(hits({}, {"ipFamilies": ["IPv6"]})) == 0
}
