package aksnetlint.rules["kubenet-table-role_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.lib.roles
import data.aksnetlint.rules["kubenet-table-role"] as rule

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

declared := object.union(net({"routeTable": {"id": upper(table)}}), fixture.resource(table, "Microsoft.Network/routeTables", {}))

role(scope, id) := {assignment: {"id": assignment, "type": type, "name": "r", "properties": {"roleDefinitionId": sprintf("/providers/Microsoft.Authorization/roleDefinitions/%s", [id])}}} if {
	type := "Microsoft.Authorization/roleAssignments"
	assignment := sprintf("%s/providers/microsoft.authorization/roleassignments/%s", [scope, id])
}

contributor := "4d97b98b-1d4f-4787-a291-c67834d212e7"

test_missing if {
	hits(kubenet, fixture.own_network, declared) == {"default: no role assignment of the templates lets the kubenet cluster write to nodes and rt"}
	hits(kubenet, fixture.own_network, object.union(declared, role(fixture.vnet_id, contributor))) == {"default: no role assignment of the templates lets the kubenet cluster write to rt"}
	reader := "acdd72a7-3385-48ef-bd42-f606fba81ae7"
	count(hits(kubenet, fixture.own_network, object.union(declared, role("/rg", reader)))) == 1
}

test_fine if {
	hits(kubenet, fixture.own_network, object.union(declared, role("/rg", contributor))) == set()
	hits(kubenet, fixture.own_network, object.union_n([declared, role(fixture.nodes_id, contributor), role(table, contributor)])) == set()
	hits(kubenet, fixture.own_network, net({"routeTable": {"id": table}})) == set()
	hits({"networkProfile": {"networkPlugin": "azure"}}, fixture.own_network, declared) == set()
}

test_known_roles if {
	contributor in roles.network_roles
}
