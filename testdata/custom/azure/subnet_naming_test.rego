package aksnetlint.rules["subnet-naming_test"]

import data.aksnetlint.rules["subnet-naming"] as rule

hits(name) := n if n := count(rule.deny) with input as {"resource": {"name": name}}

test_names if {
	hits("net/nodes") == 1
	hits("net/snet-nodes") == 0
	hits("net/AzureBastionSubnet") == 0
	hits("SNET-nodes") == 1
}
