package aksnetlint.rules["node-subnet-delegated_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["node-subnet-delegated"] as rule

hits(pools, subnets) := {hit.message |
	some hit in rule.deny with input as fixture.input_for({}, pools, fixture.vnet("10.1.0.0/16", subnets))
}

delegated := {"delegations": [{"name": "d", "properties": {"serviceName": "Microsoft.Web/serverFarms"}}]}

test_delegated if {
	hits(fixture.own_network, {"nodes": delegated}) == {"subnet nodes holds nodes and is delegated to Microsoft.Web/serverFarms, which AKS refuses"}
}

test_fine if {
	hits(fixture.own_network, {"nodes": {"delegations": []}, "pods": delegated}) == set()
	hits({"one": {"vnetSubnetID": fixture.nodes_id, "podSubnetID": fixture.pods_id}}, {"nodes": {}, "pods": delegated}) == set()
}
