package aksnetlint.rules["static-ip-outside-subnet_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.lib.joined
import data.aksnetlint.rules["static-ip-outside-subnet"] as rule

hits(values, spec, pools) := {[hit.message, object.get(hit, "severity", "error")] |
	some hit in rule.deny with input as joined.linked(joined.internal(values, spec), joined.overlay(pools, joined.whole))
}

two_pools := {"system": {"vnetSubnetID": fixture.nodes_id}, "user": {"vnetSubnetID": joined.services_id}}

test_outside if {
	hits({"azure-load-balancer-internal-subnet": "services", "azure-load-balancer-ipv4": "10.1.0.9"}, {}, fixture.own_network) == {["service.beta.kubernetes.io/azure-load-balancer-ipv4 asks for 10.1.0.9, which is not in subnet services (10.1.4.0/28), so that the Service gets no address", "error"]}
	hits({}, {"loadBalancerIP": "10.1.4.9"}, fixture.own_network) == {["spec.loadBalancerIP asks for 10.1.4.9, which is not in subnet nodes (10.1.0.0/24), so that the Service gets no address", "error"]}
	hits({}, {"loadBalancerIP": "10.1.8.9"}, two_pools) == {["spec.loadBalancerIP asks for 10.1.8.9, which is not in subnets nodes (10.1.0.0/24) or services (10.1.4.0/28), so that the Service gets no address", "error"]}
}

test_one_of_several if {
	hits({}, {"loadBalancerIP": "10.1.4.9"}, two_pools) == {["spec.loadBalancerIP asks for 10.1.4.9, which is in subnet services (10.1.4.0/28) only, and no annotation says which of the node subnets the frontend takes", "note"]}
}

test_fine if {
	hits({}, {"loadBalancerIP": "10.1.0.9"}, fixture.own_network) == set()
	hits({"azure-load-balancer-internal-subnet": "Services"}, {"loadBalancerIP": "10.1.4.9"}, fixture.own_network) == set()
	hits({"azure-load-balancer-internal-subnet": "frontends"}, {"loadBalancerIP": "10.1.4.9"}, fixture.own_network) == set()
	hits({}, {"loadBalancerIP": "10.1.4.9"}, {"system": {}}) == set()
	hits({"azure-load-balancer-internal": "false"}, {"loadBalancerIP": "10.1.4.9"}, fixture.own_network) == set()
	hits({"azure-load-balancer-ipv6": "fd00:9::5"}, {}, fixture.own_network) == set()
	hits({"azure-load-balancer-ipv6": "fd00:9::5"}, {"ipFamilyPolicy": "PreferDualStack"}, fixture.own_network) == set()
}
