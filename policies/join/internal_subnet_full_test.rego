package aksnetlint.rules["internal-subnet-full_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.lib.joined
import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["internal-subnet-full"] as rule

# named(i, values, spec): Service number i.
named(i, values, spec) := object.union(joined.internal(values, spec), {"metadata": {"name": sprintf("web-%d", [i])}})

hits(services, pools) := {[object.get(hit, "severity", ""), hit.resource, hit.message] |
	cluster := joined.overlay(pools, joined.whole)
	some hit in rule.deny with input as object.union(cluster, {"workspace": {"objects": {"Service": services}}})
		with data.settings as {"as_of": "2026-06-01"}
}

in_services := {"azure-load-balancer-internal-subnet": "services"}

test_frontends_alone if {
	services := [named(i, in_services, {}) | some i in numbers.range(1, 12)]
	hits(services, fixture.own_network) == {["error", joined.services_id, "internal load balancers 12 = 12 addresses; 10.1.4.0/28 has 11; /27 would do"]}
}

test_links if {
	values := object.union(in_services, {"azure-pls-create": "true", "azure-pls-ip-configuration-ip-address-count": "8"})
	hits([named(1, values, {}), named(2, object.union(values, {"azure-pls-ip-configuration-ip-address-count": "x"}), {}), named(3, in_services, {}), named(4, in_services, {})], fixture.own_network) == {["error", joined.services_id, "internal load balancers 4 + private link services 9 = 13 addresses; 10.1.4.0/28 has 11; /27 would do"]}
}

test_beside_nodes if {
	pools := {"system": {"vnetSubnetID": joined.services_id, "count": 3, "maxCount": 11, "enableAutoScaling": true}}
	hits([named(1, {"azure-pls-create": "true"}, {})], pools) == {["warning", joined.services_id, "internal load balancers 1 + private link services 1 + nodes at full scale 11 = 13 addresses; 10.1.4.0/28 has 11; /27 would do"]}
}

test_shared_address_counts_once if {
	services := [named(i, in_services, {"loadBalancerIP": "10.1.4.9"}) | some i in numbers.range(1, 12)]
	hits(services, fixture.own_network) == set()
}

# A base and its overlay declare the same Services.
test_same_name_counts_once if {
	bare := [named(i, object.union(in_services, {"azure-pls-create": "true"}), {}) | some i in numbers.range(1, 5)]
	fixed := [named(i, object.union(in_services, {"azure-pls-create": "true"}), {"loadBalancerIP": sprintf("10.1.4.%d", [4 + i])}) | some i in numbers.range(1, 5)]
	hits(array.concat(bare, fixed), fixture.own_network) == set()
	more := [named(6, object.union(in_services, {"azure-pls-create": "true"}), {})]
	hits(array.concat(array.concat(bare, fixed), more), fixture.own_network) == {["error", joined.services_id, "internal load balancers 6 + private link services 6 = 12 addresses; 10.1.4.0/28 has 11; /27 would do"]}
}

test_fine if {
	hits([named(i, in_services, {}) | some i in numbers.range(1, 11)], fixture.own_network) == set()
	hits([named(1, in_services, {})], {"system": {"vnetSubnetID": joined.services_id, "count": 12}}) == set()
	hits([manifests.balanced({})], fixture.own_network) == set()
}
