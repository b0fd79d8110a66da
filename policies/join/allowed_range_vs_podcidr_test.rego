package aksnetlint.rules["allowed-range-vs-podcidr_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.lib.joined
import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["allowed-range-vs-podcidr"] as rule

hits(listed, cluster) := {hit.message |
	some hit in rule.deny with input as joined.linked(manifests.shaped({}, {"loadBalancerSourceRanges": listed}), cluster)
}

test_node_subnet if hits(["203.0.113.0/24"], joined.flat(fixture.own_network, joined.whole)) == {"pods in subnet nodes (10.1.0.0/24) cannot call Service shop/web by its load balancer address: loadBalancerSourceRanges has only 203.0.113.0/24"}

test_pod_subnet if {
	pools := {"system": {"vnetSubnetID": fixture.nodes_id, "podSubnetID": fixture.pods_id}}
	hits(["203.0.113.0/24"], joined.flat(pools, joined.whole)) == {"pods in subnet pods (10.1.8.0/24) cannot call Service shop/web by its load balancer address: loadBalancerSourceRanges has only 203.0.113.0/24"}
}

test_fine if {
	hits(["203.0.113.0/24", "10.1.0.0/16"], joined.flat(fixture.own_network, joined.whole)) == set()
	hits(["203.0.113.0/24"], joined.overlay(fixture.own_network, joined.whole)) == set()
	hits([], joined.flat(fixture.own_network, joined.whole)) == set()
}
