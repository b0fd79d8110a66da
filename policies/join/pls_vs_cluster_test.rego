package aksnetlint.rules["pls-vs-cluster_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.lib.joined
import data.aksnetlint.rules["pls-vs-cluster"] as rule

hits(ips, values) := {hit.message |
	own := object.union({"azure-pls-create": "true", "azure-pls-ip-configuration-ip-address": ips}, values)
	some hit in rule.deny with input as joined.linked(joined.internal(own, {}), joined.overlay(fixture.own_network, joined.whole))
}

test_outside if {
	hits("10.1.4.5 10.1.0.5", {"azure-pls-ip-configuration-subnet": "services"}) == {"the private link service asks for 10.1.0.5, which is not in subnet services (10.1.4.0/28)"}
	hits("10.1.4.5", {}) == {"the private link service asks for 10.1.4.5, which is not in subnet nodes (10.1.0.0/24)"}
}

test_kept if hits("10.1.4.1", {"azure-load-balancer-internal-subnet": "services"}) == {"the private link service asks for 10.1.4.1, which Azure keeps for itself in subnet services (10.1.4.0/28)"}

test_fine if {
	hits("10.1.4.5", {"azure-pls-ip-configuration-subnet": "services"}) == set()
	hits("10.1.0.5", {}) == set()
	hits("10.9.0.5", {"azure-pls-create": "false"}) == set()
	hits("10.9.0.5", {"azure-pls-ip-configuration-subnet": "frontends"}) == set()
}
