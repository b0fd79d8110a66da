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

test_asking if {
	services := ["a", "b", "c"]
	listed := {"objects": {"Service": services}, "by_text": {"Service": {"texts": {"10.0.0.4": [0]}, "unknown": [2]}}}
	workspace.asking(listed, " 10.0.0.4") == ["a", "c"]
	workspace.asking(listed, "10.0.0.5") == ["c"]
	workspace.asking({"objects": {"Service": services}}, "10.0.0.5") == services
}
