package aksnetlint.rules["lb-rules-limit_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["lb-rules-limit"] as rule

hits(services, profile) := {hit.message |
	some hit in rule.deny with input as object.union(fixture.profile_input(profile), {"workspace": {"objects": {"Service": services}}})
}

# named(name, values, first, last): a Service with these ports.
named(name, values, first, last) := object.union(
	manifests.shaped(manifests.azure(values), {"ipFamilyPolicy": "PreferDualStack", "ports": [{"port": port} | some port in numbers.range(first, last)]}),
	{"metadata": {"name": name}},
)

internal := {"azure-load-balancer-internal": "true"}

test_public if {
	hits([named("a", {}, 1, 200), named("b", {}, 1, 51), named("b", {}, 1, 10), named("c", internal, 1, 200)], {}) == {"2 Services need 251 rules of the public load balancer, which holds 250"}
	hits([named("a", internal, 1, 126)], {"ipFamilies": ["IPv4", "IPv6"]}) == {"1 Service needs 252 rules of the internal load balancer, which holds 250"}
}

test_fine if {
	hits([named("a", {}, 1, 250)], {}) == set()
	hits([named("a", {"port_7_no_lb_rule": "true"}, 1, 251)], {}) == set()
	hits([named("a", object.union(internal, {"azure-load-balancer-enable-high-availability-ports": "true"}), 1, 251)], {}) == set()
	hits([named("a", {"azure-load-balancer-configurations": "team1"}, 1, 251)], {}) == set()
}
