package aksnetlint.rules["static-ip-in-pod-range-of-node-subnet_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.lib.joined
import data.aksnetlint.rules["static-ip-in-pod-range-of-node-subnet"] as rule

hits(values, ip, cluster) := {hit.message |
	some hit in rule.deny with input as joined.linked(joined.internal(values, {"loadBalancerIP": ip}), cluster)
}

flat := joined.flat(fixture.own_network, joined.whole)

test_node_subnet if {
	message := "spec.loadBalancerIP fixes 10.1.0.9 in subnet nodes (10.1.0.0/24), where the nodes of system take the addresses of their pods: one of them may have it"
	hits({}, "10.1.0.9", flat) == {message}
	hits({"azure-load-balancer-internal-subnet": "nodes"}, "10.1.0.9", flat) == {message}
}

test_fine if {
	hits({"azure-load-balancer-internal-subnet": "services"}, "10.1.4.9", flat) == set()
	hits({}, "10.1.0.9", joined.overlay(fixture.own_network, joined.whole)) == set()
	hits({}, "10.1.9.9", flat) == set()
}
