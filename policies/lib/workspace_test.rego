package aksnetlint.lib.workspace_test

import data.aksnetlint.lib.fixture
import data.aksnetlint.lib.workspace

network := {"id": fixture.vnet_id, "type": "Microsoft.Network/virtualNetworks", "properties": {"addressSpace": {"addressPrefixes": ["10.1.0.0/16", "10.2.0.0/16"]}}}

test_networks if {
	pools := {"system": {"vnetSubnetID": fixture.nodes_id}}
	workspace.networks(fixture.input_for({}, pools, {fixture.vnet_id: network})) == {"10.1.0.0/16", "10.2.0.0/16"}
	workspace.networks(fixture.input_for({}, pools, {})) == set()
}

test_resource_group if {
	workspace.resource_group("/subscriptions/s/resourceGroups/Shop/providers/x") == "shop"
	not workspace.resource_group("/subscriptions/s")
}

test_same_name if {
	workspace.same_name({"metadata": {"name": "a"}}, {"metadata": {"name": "a"}})
	not workspace.same_name({"metadata": {"name": "a"}}, {"metadata": {"name": "a", "namespace": "b"}})
}
