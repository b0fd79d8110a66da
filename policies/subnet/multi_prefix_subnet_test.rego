package aksnetlint.rules["multi-prefix-subnet_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["multi-prefix-subnet"] as rule

hits(subnet) := {hit.message |
	some hit in rule.deny with input as fixture.input_for({}, fixture.own_network, fixture.vnet("10.1.0.0/16", {"nodes": subnet}))
}

test_several if {
	hits({"addressPrefixes": ["10.1.0.0/24", "10.1.1.0/24"]}) == {"subnet nodes has 2 IPv4 prefixes (10.1.0.0/24, 10.1.1.0/24), AKS takes one"}
}

test_fine if {
	hits({"addressPrefixes": ["10.1.0.0/24", "fd00::/64"]}) == set()
	hits({"addressPrefix": "10.1.0.0/24"}) == set()
}
