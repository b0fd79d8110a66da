package aksnetlint.rules["private-static-ip-on-public-service_test"]

import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["private-static-ip-on-public-service"] as rule

hits(annotations, spec) := hits if hits := rule.deny with input.resource as manifests.shaped(manifests.azure(annotations), spec)

test_field if {
	some hit in hits({}, {"loadBalancerIP": "10.1.0.9"})
	hit.path == ["spec", "loadBalancerIP"]
	hit.message == "spec.loadBalancerIP asks for the private address 10.1.0.9, but Service shop/web is public: no public IP has that address and the Service never gets one"
}

test_annotations if {
	count(hits({"azure-load-balancer-ipv4": "172.20.0.9", "azure-load-balancer-ipv6": "fd00::9"}, {})) == 2
	count(hits({"azure-load-balancer-ipv4": "172.20.0.9", "azure-load-balancer-internal": "True"}, {})) == 1
}

test_ignored if {
	some hit in hits({"azure-load-balancer-ipv4": "10.1.0.9", "azure-pip-name": "edge", "azure-pip-prefix-id": "/p"}, {})
	hit.severity == "warning"
	endswith(hit.message, "service.beta.kubernetes.io/azure-pip-name says which address it gets")
}

test_silent if {
	count(hits({"azure-load-balancer-internal": "true"}, {"loadBalancerIP": "10.1.0.9"})) == 0
	count(hits({}, {"loadBalancerIP": "20.1.2.3"})) == 0
	count(hits({}, {"loadBalancerIP": "<ip>"})) == 0
	count(hits({"azure-load-balancer-internal": true}, {"loadBalancerIP": "10.1.0.9"})) == 0
	count(hits({"azure-load-balancer-internal": "${INTERNAL}"}, {"loadBalancerIP": "10.1.0.9"})) == 0
	count(hits({"azure-load-balancer-ipv4": "20.1.2.3"}, {"loadBalancerIP": "10.1.0.9"})) == 0
}
