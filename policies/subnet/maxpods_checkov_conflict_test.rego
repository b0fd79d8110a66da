package aksnetlint.rules["maxpods-checkov-conflict_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["maxpods-checkov-conflict"] as rule

hits(network, pools, others) := hits_with(network, pools, others, {"as_of": "2026-06-01"})

hits_with(network, pools, others, settings) := {sprintf("%s: %s", [object.get(hit, "severity", "default"), hit.message]) |
	doc := fixture.input_for({"networkProfile": network, "kubernetesVersion": "1.33"}, pools, others)
	some hit in rule.deny with input as doc with data.settings as settings
}

flat := {"networkPlugin": "azure"}

net(range) := fixture.vnet("10.0.0.0/8", {"nodes": {"addressPrefix": range}})

pool(properties) := object.union({"vnetSubnetID": upper(fixture.nodes_id)}, properties)

test_conflict if {
	hits(flat, {"system": pool({"count": 6})}, net("10.1.0.0/24")) == {"default: with maxPods 50, which CKV_AZURE_168 asks for, subnet nodes would be too small: pool system 6 x (50 - 1) = 294 addresses; 10.1.0.0/24 has 251"}
}

test_no_conflict if {
	hits(flat, {"system": pool({"count": 5})}, net("10.1.0.0/24")) == set()
	hits(flat, {"system": pool({"count": 4, "maxPods": 60})}, net("10.1.0.0/24")) == set()
	hits(flat, {"system": pool({"count": 9})}, net("10.1.0.0/24")) == set()
	hits({"networkPlugin": "kubenet"}, {"system": pool({"count": 200})}, net("10.1.0.0/24")) == set()
}
