package aksnetlint.rules["udr-subnet-no-route-table_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["udr-subnet-no-route-table"] as rule

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

udr := {"networkProfile": {"networkPlugin": "azure", "outboundType": "userDefinedRouting"}}

test_no_table if {
	hits(udr, fixture.own_network, net({})) == {"default: subnet nodes has no route table, and outboundType is userDefinedRouting"}
}

test_place if {
	existing := {id: object.union(resource, {"existing": true}) | some id, resource in net({})}
	deny := rule.deny with input as fixture.input_for(udr, fixture.own_network, existing)
	{[hit.resource, hit.path] | some hit in deny} == {["/rg/microsoft.containerservice/managedclusters/shop/agentpools/system", ["properties", "vnetSubnetID"]]}
}

test_fine if {
	hits(udr, fixture.own_network, net({"routeTable": {"id": table}})) == set()
	hits(udr, fixture.own_network, {}) == set()
	hits(kubenet, fixture.own_network, net({})) == set()
}
