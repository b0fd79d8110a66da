package aksnetlint.rules["subnet-too-small_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["subnet-too-small"] as rule

hits(network, pools, others) := hits_with(network, pools, others, {"as_of": "2026-06-01"})

hits_with(network, pools, others, settings) := {sprintf("%s: %s", [object.get(hit, "severity", "default"), hit.message]) |
	doc := fixture.input_for({"networkProfile": network, "kubernetesVersion": "1.33"}, pools, others)
	some hit in rule.deny with input as doc with data.settings as settings
}

flat := {"networkPlugin": "azure"}

net(range) := fixture.vnet("10.0.0.0/8", {"nodes": {"addressPrefix": range}})

pool(properties) := object.union({"vnetSubnetID": upper(fixture.nodes_id)}, properties)

scaled := {"system": pool({"count": 3, "maxPods": 60}), "user": pool({"count": 2, "enableAutoScaling": true, "maxCount": 20, "maxPods": 60})}

test_sum if {
	hits(flat, scaled, net("10.1.0.0/24")) == {"default: subnet nodes is too small: pools system 3 + user 20 (autoscaled) x (60 - 1) = 1357 addresses; 10.1.0.0/24 has 251; /21 would do"}
	hits(flat, scaled, net("10.1.0.0/21")) == set()
}

test_different_factors if {
	pools := {"system": pool({"count": 3}), "user": pool({"count": 10, "maxPods": 60})}
	hits(flat, pools, net("10.1.0.0/24")) == {"default: subnet nodes is too small: pools system 3 x (30 - 1) + user 10 x (60 - 1) = 677 addresses; 10.1.0.0/24 has 251; /22 would do"}
}

test_one_address_a_node if {
	overlay := {"networkPlugin": "azure", "networkPluginMode": "overlay"}
	pools := {"system": pool({"count": 12})}
	hits(overlay, pools, net("10.1.0.0/28")) == {"default: subnet nodes is too small: pool system 12 = 12 addresses; 10.1.0.0/28 has 11; /27 would do"}
	hits(overlay, {"system": pool({"count": 11})}, net("10.1.0.0/28")) == set()
}

test_documents if {
	pools := {"system": pool({"count": 8})}
	hits(flat, pools, net("10.1.0.0/24")) == set()
	hits_with(flat, {"system": pool({"count": 9})}, net("10.1.0.0/24"), {"ip_model": "docs"}) == {"default: subnet nodes is too small: pool system 9 x (30 + 1) = 279 addresses; 10.1.0.0/24 has 251; /23 would do"}
}

test_taken_by_others if {
	endpoints := {id: endpoint |
		some i in numbers.range(1, 20)
		id := sprintf("/rg/pe%d", [i])
		endpoint := {"id": id, "type": "Microsoft.Network/privateEndpoints", "name": "pe", "properties": {"subnet": {"id": fixture.nodes_id}}}
	}
	others := object.union(net("10.1.0.0/24"), endpoints)
	hits(flat, {"system": pool({"count": 8})}, others) == {"default: subnet nodes is too small: pool system 8 x (30 - 1) = 232 addresses; 10.1.0.0/24 has 251, of which others take 20; /23 would do"}
}

test_nothing_to_say if {
	hits(flat, {"system": pool({"count": 0})}, net("10.1.0.0/29")) == set()
	hits(flat, {"system": {"count": 90}}, net("10.1.0.0/29")) == set()
	hits(flat, {"system": pool({"count": 90})}, {}) == set()
	hits({}, {"system": pool({"count": 90})}, net("10.1.0.0/29")) == set()
	hits(flat, {"system": pool({"count": 90})}, fixture.vnet("10.0.0.0/8", {"nodes": {}})) == set()
}

test_no_subnet_is_large_enough if {
	hits(flat, {"system": pool({"count": 900000000})}, net("10.0.0.0/9")) == {"default: subnet nodes is too small: pool system 900000000 x (30 - 1) = 26100000000 addresses; 10.0.0.0/9 has 8388603; no subnet is large enough"}
}

test_place if {
	existing := {id: object.union(resource, {"existing": true}) | some id, resource in net("10.1.0.0/24")}
	declared := rule.deny with input as fixture.input_for({"networkProfile": flat}, scaled, net("10.1.0.0/24")) with data.settings as {}
	{[hit.resource, hit.path] | some hit in declared} == {[fixture.nodes_id, ["properties", "addressPrefix"]]}
	facts := rule.deny with input as fixture.input_for({"networkProfile": flat}, scaled, existing) with data.settings as {}
	{[hit.resource, hit.path] | some hit in facts} == {["/rg/microsoft.containerservice/managedclusters/shop/agentpools/user", ["properties", "maxCount"]]}
}

test_evidence if {
	deny := rule.deny with input as fixture.input_for({"networkProfile": flat}, scaled, net("10.1.0.0/24")) with data.settings as {}
	{hit.evidence | some hit in deny} == {[
		"system 3 x (60 - 1) = 177",
		"user 20 (autoscaled) x (60 - 1) = 1180",
		"sum = 1357",
		"10.1.0.0/24: 2^8 - 5 = 251 addresses",
	]}
}
