package aksnetlint.rules["internal-subnet-not-a-name_test"]

import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["internal-subnet-not-a-name"] as rule

hits(subnet) := hits if {
	annotations := manifests.azure({"azure-load-balancer-internal": "true", "azure-load-balancer-internal-subnet": subnet})
	hits := rule.deny with input.resource as manifests.balanced(annotations)
}

mended(subnet) := hit.fix[0].value if some hit in hits(subnet)

test_fixes if {
	mended("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/apps") == "apps"
	mended("net/apps") == "apps"
	mended(" apps ") == "apps"
}

long := concat("", ["a" | some _ in numbers.range(1, 81)])

test_long if {
	some hit in hits(long)
	contains(hit.message, "a text of 81 characters")
	not hit.fix
}

test_silent if every subnet in ["apps", "", "  ", "<name of the subnet>", substring(long, 0, 80)] {
	count(hits(subnet)) == 0
}

test_not_internal if {
	count(rule.deny) == 0 with input.resource as manifests.balanced(manifests.azure({"azure-load-balancer-internal-subnet": "a/b"}))
}
