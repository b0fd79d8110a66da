package aksnetlint.rules["kubenet-subnet-without-route-table_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["kubenet-subnet-without-route-table"] as rule

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

words := "subnet nodes of a kubenet cluster declares no route table: deploying the template again detaches the one that AKS attached, and pods lose the traffic between nodes"

test_no_table if {
	hits(kubenet, fixture.own_network, net({})) == {concat(": ", ["error", words])}
	count(hits(kubenet, fixture.own_network, net({"routeTable": {"id": ""}}))) == 1
	hits_with(kubenet, fixture.own_network, net({}), {"first_deploy_only": true}) == {concat(": ", ["warning", words])}
}

test_fine if {
	hits(kubenet, fixture.own_network, net({"routeTable": {"id": table}})) == set()
	hits(kubenet, {"system": {"count": 3}}, net({})) == set()
	hits(kubenet, fixture.own_network, {}) == set()
	hits({"networkProfile": {"networkPlugin": "azure"}}, fixture.own_network, net({})) == set()
	hits({"networkProfile": {"networkPlugin": "kubenet", "outboundType": "userDefinedRouting"}}, fixture.own_network, net({})) == set()
	existing := {id: object.union(resource, {"existing": true}) | some id, resource in net({})}
	hits(kubenet, fixture.own_network, existing) == set()
}
