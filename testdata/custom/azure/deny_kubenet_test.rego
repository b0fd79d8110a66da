package aksnetlint.rules["deny-kubenet_test"]

import data.aksnetlint.rules["deny-kubenet"] as rule

hits(plugin) := n if n := count(rule.deny) with input as {"resource": {"properties": {"networkProfile": {"networkPlugin": plugin}}}}

test_plugins if {
	hits("kubenet") == 1
	hits("Kubenet") == 1
	hits("azure") == 0
}
