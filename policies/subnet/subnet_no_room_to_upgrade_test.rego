package aksnetlint.rules["subnet-no-room-to-upgrade_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["subnet-no-room-to-upgrade"] as rule

hits(network, pools, others) := hits_with(network, pools, others, {"as_of": "2026-06-01"})

hits_with(network, pools, others, settings) := {sprintf("%s: %s", [object.get(hit, "severity", "default"), hit.message]) |
	doc := fixture.input_for({"networkProfile": network, "kubernetesVersion": "1.33"}, pools, others)
	some hit in rule.deny with input as doc with data.settings as settings
}

flat := {"networkPlugin": "azure"}

net(range) := fixture.vnet("10.0.0.0/8", {"nodes": {"addressPrefix": range}})

pool(properties) := object.union({"vnetSubnetID": upper(fixture.nodes_id)}, properties)

test_at_deployment if {
	hits(flat, {"system": pool({"count": 8})}, net("10.1.0.0/24")) == {"error: subnet nodes has no room for an upgrade: pool system (8 + surge 1) x (30 - 1) = 261 addresses; 10.1.0.0/24 has 251; /23 would do"}
	hits(flat, {"system": pool({"count": 7})}, net("10.1.0.0/24")) == set()
}

test_at_full_scale if {
	pools := {"user": pool({"count": 2, "minCount": 1, "maxCount": 8, "enableAutoScaling": true})}
	hits(flat, pools, net("10.1.0.0/24")) == {"warning: subnet nodes has no room for an upgrade: pool user (8 + surge 1, autoscaled) x (30 - 1) = 261 addresses; 10.1.0.0/24 has 251; /23 would do"}
}

test_without_surge if {
	hits(flat, {"user": pool({"count": 8, "upgradeSettings": {"maxSurge": "0", "maxUnavailable": "1"}})}, net("10.1.0.0/24")) == set()
	hits(flat, {"user": pool({"count": 8, "scaleSetPriority": "Spot"})}, net("10.1.0.0/24")) == set()
}

test_too_small_anyway if {
	hits(flat, {"system": pool({"count": 9})}, net("10.1.0.0/24")) == set()
}
