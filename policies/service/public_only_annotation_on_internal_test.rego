package aksnetlint.rules["public-only-annotation-on-internal_test"]

import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["public-only-annotation-on-internal"] as rule

hits(annotations) := hits if hits := rule.deny with input.resource as manifests.balanced(manifests.azure(annotations))

test_ignored if {
	some hit in hits({"azure-load-balancer-internal": "true", "azure-pip-name": "edge"})
	hit.message == "service.beta.kubernetes.io/azure-pip-name is ignored: Service shop/web is internal and has no public IP"
	hit.path == ["metadata", "annotations", "service.beta.kubernetes.io/azure-pip-name"]
}

test_silent if every annotations in [
	{"azure-pip-name": "edge"},
	{"azure-load-balancer-internal": "True", "azure-pip-name": "edge"},
	{"azure-load-balancer-internal": "true", "azure-dns-label-name": ""},
	{"azure-load-balancer-internal": "true", "azure-load-balancer-ipv4": "10.0.0.1"},
] {
	count(hits(annotations)) == 0
}
