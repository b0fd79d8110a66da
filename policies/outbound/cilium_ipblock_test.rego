package aksnetlint.rules["cilium-ipblock_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["cilium-ipblock"] as rule

hits(spec, profile, others) := result if {
	doc := {
		"resource": {"kind": "NetworkPolicy", "spec": spec},
		"workspace": {"cluster": fixture.input_for({"networkProfile": profile}, fixture.own_network, others)},
	}
	result := {hit.message | some hit in rule.deny} with input as doc with data.settings as settings
}

settings := {"as_of": "2026-06-01"}

block(range) := [{"ipBlock": {"cidr": range}}]

cilium := fixture.overlay({"networkDataplane": "cilium"})

net := fixture.vnet("10.1.0.0/16", {"nodes": {"addressPrefix": "10.1.0.0/20"}})

test_pods if {
	hits({"egress": [{"to": block("0.0.0.0/0")}]}, cilium, {}) == {"under Cilium ipBlock 0.0.0.0/0 does not select the pods (10.244.0.0/16)"}
	hits({"ingress": [{"from": block("10.244.3.0/24")}]}, cilium, {}) == {"under Cilium ipBlock 10.244.3.0/24 does not select the pods (10.244.0.0/16)"}
}

test_subnets if {
	hits({"ingress": [{"from": block("10.1.0.0/16")}]}, {"networkPlugin": "azure", "networkDataplane": "cilium"}, net) == {"under Cilium ipBlock 10.1.0.0/16 does not select the subnet nodes (10.1.0.0/20)"}
}

test_ranges_not_known if {
	hits({"egress": [{"to": block("0.0.0.0/0")}]}, {"networkPlugin": "azure", "networkDataplane": "cilium"}, {}) == {"under Cilium ipBlock 0.0.0.0/0 selects neither pods nor nodes"}
	hits({"egress": [{"to": block("10.0.0.0/8")}]}, {"networkPlugin": "azure", "networkDataplane": "cilium"}, {}) == set()
	hits({"egress": [{"to": [{"ipBlock": {"cidr": "0.0.0.0/0", "except": ["10.0.0.0/8"]}}]}]}, {"networkPlugin": "azure", "networkDataplane": "cilium"}, {}) == set()
}

test_fine if {
	hits({"egress": [{"to": block("203.0.113.0/24")}]}, cilium, {}) == set()
	hits({"egress": [{"to": [{"ipBlock": {"cidr": "0.0.0.0/0", "except": ["10.0.0.0/8"]}}]}]}, cilium, {}) == set()
	hits({"egress": [{"to": array.concat(block("0.0.0.0/0"), [{"podSelector": {}}])}]}, cilium, {}) == set()
	hits({"egress": [{"to": array.concat(block("0.0.0.0/0"), [{"namespaceSelector": {}}])}]}, cilium, {}) == set()
	hits({"egress": [{"to": block("0.0.0.0/0")}]}, fixture.overlay({"networkPolicy": "calico"}), {}) == set()
}
