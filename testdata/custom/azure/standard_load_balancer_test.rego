package aksnetlint.rules["standard-load-balancer_test"]

import data.aksnetlint.rules["standard-load-balancer"] as rule

hits(profile) := n if n := count(rule.deny) with input as {"resource": {"properties": {"networkProfile": profile}}}

test_basic if hits({"loadBalancerSku": "basic"}) == 1

test_absent if hits({}) == 1

test_standard if hits({"loadBalancerSku": "Standard"}) == 0
