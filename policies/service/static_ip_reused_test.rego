package aksnetlint.rules["static-ip-reused_test"]

import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["static-ip-reused"] as rule

one := manifests.shaped(manifests.internal, {"loadBalancerIP": "10.1.0.9"})

# two(spec): another Service.
two(spec) := object.union(manifests.shaped(manifests.internal, spec), {"metadata": {"name": "api"}})

hits(others, cluster) := hits if {
	workspace := object.union({"objects": {"Service": others}}, cluster)
	hits := rule.deny with input as {"resource": one, "workspace": workspace}
}

test_same_port if {
	some hit in hits([one, two({"loadBalancerIP": "10.1.0.9"})], {"cluster": {"resource": {}}})
	hit.severity == "error"
	hit.message == "address 10.1.0.9 and port 80/TCP are used by Service shop/api too: only one of the two gets the address"
}

test_cluster_unknown if {
	some hit in hits([two({"loadBalancerIP": "10.1.0.9"})], {})
	hit.severity == "warning"
}

test_other_port if {
	some hit in hits([two({"loadBalancerIP": "10.1.0.9", "ports": [{"port": 80, "protocol": "UDP"}]})], {})
	hit.severity == "note"
}

test_shared_by_many if {
	others := [object.union(two({"loadBalancerIP": "10.1.0.9", "ports": [{"port": 100 + i}]}), {"metadata": {"name": sprintf("api-%d", [i])}}) | some i in numbers.range(1, 5)]
	{hit.message | some hit in hits(others, {})} == {"address 10.1.0.9 is shared with Services shop/api-1, shop/api-2, shop/api-3 and 2 more, on other ports"}
	{hit.message | some hit in hits(array.slice(others, 0, 2), {})} == {"address 10.1.0.9 is shared with Services shop/api-1, shop/api-2, on other ports"}
}

test_silent if {
	count(hits([one], {})) == 0
	count(hits([two({"loadBalancerIP": "10.1.0.8"}), two({"loadBalancerIP": "10.1.0.9", "type": "ClusterIP"})], {})) == 0
}
