package aksnetlint.rules["subnet-outside-vnet_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["subnet-outside-vnet"] as rule

deny(spaces, subnets) := hits if {
	children := fixture.vnet("10.1.0.0/16", subnets)
	vnet := {"id": fixture.vnet_id, "name": "net", "properties": {"addressSpace": {"addressPrefixes": spaces}}}
	doc := object.union(fixture.input_for({}, {}, children), {"resource": vnet})
	hits := rule.deny with input as doc
}

messages(spaces, subnets) := {hit.message | some hit in deny(spaces, subnets)}

test_outside if {
	messages(["10.1.0.0/16"], {"a": {"addressPrefix": "10.2.0.0/24"}}) == {"subnet a (10.2.0.0/24) is outside the address space of virtual network net (10.1.0.0/16)"}
	messages(["10.1.0.0/24", "10.3.0.0/24"], {"a": {"addressPrefix": "10.1.0.0/23"}}) == {"subnet a (10.1.0.0/23) is outside the address space of virtual network net (10.1.0.0/24, 10.3.0.0/24)"}
}

test_overlap if {
	messages(["10.1.0.0/16"], {"a": {"addressPrefix": "10.1.0.0/23"}, "b": {"addressPrefix": "10.1.1.0/24"}}) == {"subnet b (10.1.1.0/24) overlaps subnet a (10.1.0.0/23)"}
	messages(["10.1.0.0/16"], {"a": {"addressPrefixes": ["10.1.0.0/24", "10.1.0.0/25"]}}) == set()
}

test_path if {
	{hit.path | some hit in deny(["10.1.0.0/16"], {"a": {"addressPrefixes": ["10.1.0.0/24", "10.2.0.0/24"]}})} == {["properties", "addressPrefixes", 1]}
}

test_fine if {
	messages(["10.1.0.0/16", "10.3.0.0/16"], {"a": {"addressPrefix": "10.3.0.0/24"}, "b": {"addressPrefix": "10.1.0.0/24"}}) == set()
	messages([], {"a": {"addressPrefix": "10.3.0.0/24"}}) == set()
	messages(["10.1.0.0/16"], {"a": {}}) == set()
	messages(["10.1.0.0/16"], {}) == set()
}
