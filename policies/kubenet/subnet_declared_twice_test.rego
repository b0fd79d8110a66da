package aksnetlint.rules["subnet-declared-twice_test"]

import data.aksnetlint.rules["subnet-declared-twice"] as rule

hits(first, last) := {[hit.path[1], hit.message] |
	declarations := [{"id": "/N/subnets/a", "name": "n/a", "properties": properties} | some properties in [first, last]]
	doc := {"resource": declarations[0], "deployment": {"duplicates": {"/n/subnets/a": declarations}}}
	some hit in rule.deny with input as doc
}

test_references if {
	hits({"routeTable": {"id": "/x/rt"}}, {}) == {["routeTable", "subnet a is declared twice, here with route table rt and then with none: the last to be deployed wins"]}
	hits({"natGateway": {"id": "/x/one"}}, {"natGateway": {"id": "/x/two"}}) == {["natGateway", "subnet a is declared twice, here with NAT gateway one and then with two: the last to be deployed wins"]}
	hits({}, {"networkSecurityGroup": {"id": "/x/nsg"}}) == {["networkSecurityGroup", "subnet a is declared twice, here with network security group none and then with nsg: the last to be deployed wins"]}
}

test_ranges if {
	hits({"addressPrefix": "10.1.0.0/24"}, {"addressPrefix": "10.1.0.0/23"}) == {["addressPrefix", "subnet a is declared twice, here with range 10.1.0.0/24 and then with 10.1.0.0/23: the last to be deployed wins"]}
}

test_same if {
	hits({"addressPrefix": "10.1.0.0/24", "routeTable": {"id": "/X/rt"}}, {"addressPrefixes": ["10.1.0.0/24"], "routeTable": {"id": "/x/RT"}}) == set()
}

test_once if {
	rule.deny == set() with input as {"resource": {"id": "/n/subnets/a"}, "deployment": {"duplicates": {}}}
}
