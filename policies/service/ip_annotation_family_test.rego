package aksnetlint.rules["ip-annotation-family_test"]

import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["ip-annotation-family"] as rule

hits(annotations, spec) := hits if hits := rule.deny with input.resource as manifests.shaped(manifests.azure(annotations), spec)

test_unreadable if {
	some hit in hits({"azure-load-balancer-ipv4": "10.0.0.999"}, {})
	hit.message == "service.beta.kubernetes.io/azure-load-balancer-ipv4 is \"10.0.0.999\", which is no IP address: Service shop/web never gets an address"
}

test_other_family if {
	some hit in hits({"azure-load-balancer-ipv4": "fd00::9"}, {})
	contains(hit.message, "which is an IPv6 address")
	some other in hits({"azure-load-balancer-ipv6": "10.0.0.9"}, {"ipFamilyPolicy": "RequireDualStack"})
	contains(other.message, "which is an IPv4 address")
}

test_single_stack if {
	some hit in hits({"azure-load-balancer-ipv6": "fd00::9"}, {})
	hit.severity == "warning"
	endswith(hit.message, "is ignored: Service shop/web is single-stack IPv4")
	count(hits({"azure-load-balancer-ipv4": "10.0.0.9"}, {"ipFamilies": ["IPv6"]})) == 1
}

test_field if {
	some hit in hits({}, {"loadBalancerIP": "10.0.0.999"})
	hit.severity == "warning"
}

test_silent if {
	count(hits({"azure-load-balancer-ipv4": "10.0.0.9"}, {})) == 0
	count(hits({"azure-load-balancer-ipv6": "fd00::9"}, {"ipFamilies": ["IPv6"]})) == 0
	count(hits({"azure-load-balancer-ipv4": "10.0.0.9", "azure-load-balancer-ipv6": "fd00::9"}, {"ipFamilyPolicy": "PreferDualStack"})) == 0
	count(hits({"azure-load-balancer-ipv4": "${IP}"}, {"loadBalancerIP": "<ip>"})) == 0
	count(hits({"azure-load-balancer-ipv4": ""}, {})) == 0
}
