package aksnetlint.rules["byo-route-table-needs-user-identity_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["byo-route-table-needs-user-identity"] as rule

hits(properties, pools, others) := hits_with(properties, pools, others, {"as_of": "2026-06-01"})

hits_with(properties, pools, others, settings) := {sprintf("%s: %s", [object.get(hit, "severity", "default"), hit.message]) |
	doc := object.union(fixture.input_for(properties, pools, others), {"resource": {"identity": identity(properties)}})
	some hit in rule.deny with input as doc with data.settings as settings
}

identity(properties) := properties.identity

identity(properties) := {} if not properties.identity

kubenet := {"networkProfile": {"networkPlugin": "kubenet"}}

table := "/rg/microsoft.network/routetables/rt"

net(nodes) := fixture.vnet("10.1.0.0/16", {"nodes": nodes})

cluster(type) := object.union(kubenet, {"identity": {"type": type}})

with_table := net({"routeTable": {"id": table}})

test_system_assigned if {
	hits(cluster("SystemAssigned"), fixture.own_network, with_table) == {"default: subnet nodes has the route table rt, which a kubenet cluster with a system-assigned identity cannot use"}
	principal := object.union(cluster("SystemAssigned"), {"servicePrincipalProfile": {"clientId": "msi"}})
	count(hits(principal, fixture.own_network, with_table)) == 1
}

test_fine if {
	hits(cluster("UserAssigned"), fixture.own_network, with_table) == set()
	hits(kubenet, fixture.own_network, with_table) == set()
	hits(cluster("SystemAssigned"), fixture.own_network, net({})) == set()
	hits(cluster("SystemAssigned"), fixture.own_network, net({"routeTable": {"id": "/mc/aks-agentpool-12345678-routetable"}})) == set()
	hits(object.union(cluster("SystemAssigned"), {"networkProfile": {"networkPlugin": "azure"}}), fixture.own_network, with_table) == set()
	principal := object.union(cluster("SystemAssigned"), {"servicePrincipalProfile": {"clientId": "4f1c"}})
	hits(principal, fixture.own_network, with_table) == set()
}
