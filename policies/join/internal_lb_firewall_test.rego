package aksnetlint.rules["internal-lb-firewall_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.lib.joined
import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["internal-lb-firewall"] as rule

group := "/rg/microsoft.network/networksecuritygroups/web"

security_rule(name, priority, access, port) := fixture.resource(sprintf("%s/securityrules/%s", [group, name]), "Microsoft.Network/networkSecurityGroups/securityRules", {
	"priority": priority, "access": access, "direction": "Inbound", "protocol": "*",
	"sourceAddressPrefix": "*", "sourcePortRange": "*", "destinationAddressPrefix": "*", "destinationPortRange": port,
})

guarded := object.union(joined.whole, {fixture.nodes_id: object.union(joined.whole[fixture.nodes_id], {"properties": {"networkSecurityGroup": {"id": group}}})})

hits(svc, rules) := {[hit.path, hit.message] |
	cluster := joined.overlay(fixture.own_network, object.union_n(array.concat([guarded], rules)))
	some hit in rule.deny with input as joined.linked(svc, cluster)
}

denies_all := security_rule("deny-all", 4000, "Deny", "*")

test_denied if {
	hits(joined.internal({}, {}), [denies_all]) == {[["spec", "ports", 0, "port"], "security rule deny-all of the nodes' subnet nodes denies port 80 to the virtual network (10.1.0.0/16)"]}
}

test_fine if {
	hits(joined.internal({}, {}), []) == set()
	hits(joined.internal({}, {}), [denies_all, security_rule("web", 100, "Allow", "80")]) == set()
	hits(joined.internal({}, {}), [security_rule("ssh", 100, "Deny", "22")]) == set()
	hits(manifests.balanced({}), [denies_all]) == set()
	hits(joined.internal({}, {"ports": [{"port": 53, "protocol": "UDP"}]}), [denies_all]) == set()
}
