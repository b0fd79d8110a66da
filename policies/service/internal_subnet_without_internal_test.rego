package aksnetlint.rules["internal-subnet-without-internal_test"]

import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["internal-subnet-without-internal"] as rule

hits(annotations) := hits if hits := rule.deny with input.resource as manifests.balanced(manifests.azure(annotations))

test_absent if {
	some hit in hits({"azure-load-balancer-internal-subnet": "apps"})
	hit.message == "subnet \"apps\" is not used and Service shop/web is public: service.beta.kubernetes.io/azure-load-balancer-internal is not set"
	hit.fix[0].value == "true"
}

test_wrong_value if {
	some hit in hits({"azure-load-balancer-internal-subnet": "apps", "azure-load-balancer-internal": "True"})
	endswith(hit.message, "is \"True\", not exactly \"true\"")
	not hit.fix
}

test_silent if every annotations in [
	{"azure-load-balancer-internal-subnet": "apps", "azure-load-balancer-internal": "true"},
	{"azure-load-balancer-internal-subnet": "apps", "azure-load-balancer-internal": true},
	{"azure-load-balancer-internal-subnet": " "},
	{},
] {
	count(hits(annotations)) == 0
}
