package aksnetlint.rules["allowed-regions_test"]

import data.aksnetlint.rules["allowed-regions"] as rule

hits(region) := n if n := count(rule.deny) with input as {"resource": {"name": "shop", "location": region}}
	with data.params as {"allowed-regions": {"regions": ["westeurope"]}}

test_other if hits("eastus") == 1

test_approved if {
	hits("westeurope") == 0
	hits("West Europe") == 0
}
