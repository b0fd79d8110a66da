package aksnetlint.rules["subnet-below-documented-size_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["subnet-below-documented-size"] as rule

hits(network, pools, others) := hits_with(network, pools, others, {"as_of": "2026-06-01"})

hits_with(network, pools, others, settings) := {sprintf("%s: %s", [object.get(hit, "severity", "default"), hit.message]) |
	doc := fixture.input_for({"networkProfile": network, "kubernetesVersion": "1.33"}, pools, others)
	some hit in rule.deny with input as doc with data.settings as settings
}

flat := {"networkPlugin": "azure"}

net(range) := fixture.vnet("10.0.0.0/8", {"nodes": {"addressPrefix": range}})

pool(properties) := object.union({"vnetSubnetID": upper(fixture.nodes_id)}, properties)

test_between if {
	hits(flat, {"system": pool({"count": 15})}, net("10.1.0.0/23")) == {"default: subnet nodes is below the documented size: pool system (15 + surge 2) x (30 + 1) = 527 addresses; 10.1.0.0/23 has 507; /22 would do"}
}

test_enough if {
	hits(flat, {"system": pool({"count": 14})}, net("10.1.0.0/23")) == set()
	hits({"networkPlugin": "kubenet"}, {"system": pool({"count": 200})}, net("10.1.0.0/24")) == set()
}

test_reported_by_another_rule if {
	hits(flat, {"system": pool({"count": 17})}, net("10.1.0.0/23")) == set()
	hits_with(flat, {"system": pool({"count": 16})}, net("10.1.0.0/23"), {"ip_model": "docs"}) == set()
}
