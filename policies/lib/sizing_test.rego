package aksnetlint.lib.sizing_test

import data.aksnetlint.lib.fixture
import data.aksnetlint.lib.sizing

# The sums of each mode are held by sizing_test.go.

demands(pools) := sizing.demands(fixture.input_for({"networkProfile": {"networkPlugin": "azure"}}, pools, {}), fixture.nodes_id)

pool(properties) := object.union({"vnetSubnetID": fixture.nodes_id}, properties)

test_words if {
	one := demands({"a": pool({"count": 2}), "b": pool({"count": 0})})
	sizing.sum_words(one, "full", "rp") == "pool a 2 x (30 - 1) = 58 addresses"
	sizing.sum_words(one, "full", "docs") == "pool a 2 x (30 + 1) = 62 addresses"
	several := demands({"a": pool({"count": 2}), "b": pool({"count": 1, "enableAutoScaling": true, "maxCount": 5})})
	sizing.sum_words(several, "full", "rp") == "pools a 2 + b 5 (autoscaled) x (30 - 1) = 203 addresses"
	sizing.sum_words(several, "upgrade", "rp") == "pools a (2 + surge 1) + b (5 + surge 1, autoscaled) x (30 - 1) = 261 addresses"
	sizing.addresses(several, "now", "rp") == 87
	sizing.sum_words(several, "upgrade_now", "rp") == "pools a (2 + surge 1) + b (1 + surge 1) x (30 - 1) = 145 addresses"
}

test_label if {
	list := [
		{"cluster": "/one", "cluster_name": "one", "name": "system"},
		{"cluster": "/two", "cluster_name": "two", "name": "system"},
	]
	sizing.label(list, list[1]) == "two/system"
	sizing.label([list[0]], list[0]) == "system"
}

test_range if {
	sizing.range({"properties": {"addressPrefix": "10.0.0.0/24"}}) == {"cidr": "10.0.0.0/24", "path": ["properties", "addressPrefix"]}
	sizing.range({"properties": {"addressPrefix": "10.9.0.0/24", "addressPrefixes": ["fd00::/64", "10.0.0.0/24"]}}) == {"cidr": "10.0.0.0/24", "path": ["properties", "addressPrefixes", 1]}
	not sizing.range({"properties": {"addressPrefixes": ["10.0.0.0/24", "10.0.1.0/24"]}})
	not sizing.range({"properties": {}})
}

test_place_of_facts if {
	facts := {fixture.pods_id: {"id": fixture.pods_id, "existing": true, "properties": {"addressPrefix": "10.0.0.0/24"}}}
	context := fixture.input_for({"networkProfile": {"networkPlugin": "azure"}}, {"a": pool({"count": 2, "podSubnetID": fixture.pods_id})}, facts)
	sizing.place(context, fixture.pods_id) == {"resource": "/rg/microsoft.containerservice/managedclusters/shop/agentpools/a", "path": ["properties", "count"]}
}
