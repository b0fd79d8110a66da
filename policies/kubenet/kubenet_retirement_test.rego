package aksnetlint.rules["kubenet-retirement_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["kubenet-retirement"] as rule

hits(properties, pools, others) := hits_with(properties, pools, others, {"as_of": "2026-06-01"})

hits_with(properties, pools, others, settings) := {sprintf("%s: %s", [object.get(hit, "severity", "default"), hit.message]) |
	doc := object.union(fixture.input_for(properties, pools, others), {"resource": {"identity": identity(properties)}})
	some hit in rule.deny with input as doc with data.settings as settings
}

identity(properties) := properties.identity

identity(properties) := {} if not properties.identity

kubenet := {"networkProfile": {"networkPlugin": "kubenet"}}

way := "move to Azure CNI Overlay with az aks update --network-plugin-mode overlay (Kubernetes 1.27 or later, no network policy engine, no way back)"

test_before if {
	hits(kubenet, {}, {}) == {sprintf("warning: support of kubenet ends on 2028-03-31: %s", [way])}
}

test_after if {
	hits_with(kubenet, {}, {}, {"as_of": "2028-03-31"}) == {sprintf("error: support of kubenet ended on 2028-03-31: %s", [way])}
}

test_other_plugins if {
	hits({"networkProfile": {"networkPlugin": "azure"}}, {}, {}) == set()
	hits({}, {}, {}) == set()
}
