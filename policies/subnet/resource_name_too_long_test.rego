package aksnetlint.rules["resource-name-too-long_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["resource-name-too-long"] as rule

hits(network, pool) := {hit.message | some hit in rule.deny with input as fixture.input_for({"networkProfile": network}, {"one": pool}, {})}

long := concat("", ["n" | some _ in numbers.range(1, 64)])

fits := concat("", ["n" | some _ in numbers.range(1, 63)])

id(group, vnet, subnet) := sprintf("/subscriptions/1/resourceGroups/%s/providers/Microsoft.Network/virtualNetworks/%s/subnets/%s", [group, vnet, subnet])

overlay := {"networkPlugin": "azure", "networkPluginMode": "overlay"}

test_each_name if {
	hits(overlay, {"vnetSubnetID": id(long, "v", "s")}) == {sprintf("resource group name %s has 64 characters, which is more than a node label's 63", [long])}
	hits(overlay, {"vnetSubnetID": id("g", long, "s")}) == {sprintf("virtual network name %s has 64 characters, which is more than a node label's 63", [long])}
	hits(overlay, {"vnetSubnetID": id("g", "v", long)}) == {sprintf("subnet name %s has 64 characters, which is more than a node label's 63", [long])}
}

test_pod_subnet if {
	count(hits({"networkPlugin": "azure"}, {"vnetSubnetID": id("g", "v", "s"), "podSubnetID": id("g", "v", long)})) == 1
}

test_fine if {
	hits(overlay, {"vnetSubnetID": id(fits, fits, fits)}) == set()
	hits(overlay, {"vnetSubnetID": id("g", "v", sprintf("{%s}", [long]))}) == set()
	hits({"networkPlugin": "azure"}, {"vnetSubnetID": id("g", "v", long)}) == set()
}
