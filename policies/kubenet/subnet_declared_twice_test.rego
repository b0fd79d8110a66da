package aksnetlint.rules["subnet-declared-twice_test"]

import data.aksnetlint.rules["subnet-declared-twice"] as rule

hits(first, last) := found(first, [first, last]) | found(last, [first, last])

found(judged, all) := {[hit.path[1], hit.message] |
	declarations := [declaration(properties) | some properties in all]
	doc := {"resource": declaration(judged), "deployment": {"duplicates": {"/n/subnets/a": declarations}}}
	some hit in rule.deny with input as doc
}

declaration(properties) := {"id": "/N/subnets/a", "name": "n/a", "properties": properties}

test_references if {
	table := {["routeTable", "subnet a is declared twice, here with route table none, elsewhere with rt: the last to be deployed wins"]}
	hits({"routeTable": {"id": "/x/rt"}}, {}) == table
	hits({}, {"routeTable": {"id": "/x/rt"}}) == table
	found({}, [{"routeTable": {"id": "/x/rt"}}, {}]) == table
	hits({"natGateway": {"id": "/x/one"}}, {"natGateway": {"id": "/x/two"}}) == {["natGateway", "subnet a is declared twice, here with NAT gateway one, elsewhere with two: the last to be deployed wins"]}
	hits({}, {"networkSecurityGroup": {"id": "/x/nsg"}}) == {["networkSecurityGroup", "subnet a is declared twice, here with network security group none, elsewhere with nsg: the last to be deployed wins"]}
}

test_ranges if {
	hits({"addressPrefix": "10.1.0.0/24"}, {"addressPrefix": "10.1.0.0/23"}) == {["addressPrefix", "subnet a is declared twice, here with range 10.1.0.0/23, elsewhere with 10.1.0.0/24: the last to be deployed wins"]}
}

test_same if {
	hits({"addressPrefix": "10.1.0.0/24", "routeTable": {"id": "/X/rt"}}, {"addressPrefixes": ["10.1.0.0/24"], "routeTable": {"id": "/x/RT"}}) == set()
}

test_once if {
	rule.deny == set() with input as {"resource": {"id": "/n/subnets/a"}, "deployment": {"duplicates": {}}}
}
