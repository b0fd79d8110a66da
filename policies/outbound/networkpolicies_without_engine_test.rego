package aksnetlint.rules["networkpolicies-without-engine_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["networkpolicies-without-engine"] as rule

hits(spec, profile, sku) := result if {
	doc := document(spec, profile, sku)
	result := {hit.message | some hit in rule.deny} with input as doc with data.params as {"networkpolicies-without-engine": {"deny_is_error": true}}
}

allow := {"policyTypes": ["Ingress"], "ingress": [{}]}

plain := {"the cluster has no network policy engine: this NetworkPolicy is not enforced"}

denies(directions) := {sprintf("the cluster has no network policy engine: this NetworkPolicy denies all %s and is not enforced", [directions])}

test_not_enforced if {
	hits(allow, fixture.overlay({}), null) == plain
	hits(allow, {"networkPlugin": "kubenet", "networkPolicy": "none"}, null) == plain
}

test_denies if {
	hits({}, fixture.overlay({}), null) == denies("ingress")
	hits({"policyTypes": ["Ingress", "Egress"], "ingress": []}, fixture.overlay({}), null) == denies("egress and ingress")
	hits({"policyTypes": ["Egress"], "egress": [{}]}, fixture.overlay({}), null) == plain
}

test_deny_may_be_a_warning if {
	doc := document({}, fixture.overlay({}), null)
	found := {hit.message | some hit in rule.deny} with input as doc with data.params as {"networkpolicies-without-engine": {"deny_is_error": false}}
	found == plain
}

test_enforced if {
	hits({}, fixture.overlay({"networkPolicy": "calico"}), null) == set()
	hits({}, fixture.overlay({"networkDataplane": "cilium"}), null) == set()
	hits({}, {"networkPlugin": "none"}, null) == set()
	hits({}, {}, "Automatic") == set()
	count(rule.deny) == 0 with input as {"resource": {"spec": {}}}
}

document(spec, profile, sku) := {
	"resource": {"kind": "NetworkPolicy", "spec": spec},
	"workspace": {"cluster": object.union(fixture.profile_input(profile), {"resource": {"sku": {"name": sku}}})},
}
