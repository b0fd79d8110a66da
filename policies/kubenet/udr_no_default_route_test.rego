package aksnetlint.rules["udr-no-default-route_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["udr-no-default-route"] as rule

hits(properties, pools, others) := hits_with(properties, pools, others, {"as_of": "2026-06-01"})

hits_with(properties, pools, others, settings) := {sprintf("%s: %s", [object.get(hit, "severity", "default"), hit.message]) |
	doc := object.union(fixture.input_for(properties, pools, others), {"resource": {"identity": identity(properties)}})
	some hit in rule.deny with input as doc with data.settings as settings
}

identity(properties) := properties.identity

identity(properties) := {} if not properties.identity

table := "/rg/microsoft.network/routetables/rt"

net(nodes) := fixture.vnet("10.1.0.0/16", {"nodes": nodes})

udr(more) := {"networkProfile": object.union({"networkPlugin": "azure", "outboundType": "userDefinedRouting"}, more)}

route(name, properties) := {id: {"id": id, "type": "Microsoft.Network/routeTables/routes", "name": sprintf("rt/%s", [name]), "properties": properties}} if {
	id := sprintf("%s/routes/%s", [table, name])
}

with_routes(closed, routes) := object.union_n(array.concat(
	[
		net({"routeTable": {"id": upper(table)}}),
		fixture.resource(table, "Microsoft.Network/routeTables", {"disableBgpRoutePropagation": closed, "routes": [1 | some _ in routes]}),
	],
	routes,
))

found(closed, routes) := hits(udr({}), fixture.own_network, with_routes(closed, routes))

test_no_default if {
	found(true, [route("lan", {"addressPrefix": "10.0.0.0/8", "nextHopType": "VnetLocal"})]) == {"error: route table rt has no route for 0.0.0.0/0, and outboundType is userDefinedRouting"}
	found(false, [route("lan", {"addressPrefix": "10.0.0.0/8", "nextHopType": "VnetLocal"})]) == {"warning: route table rt has no route for 0.0.0.0/0, and outboundType is userDefinedRouting"}
	found(true, []) == {"warning: route table rt has no route for 0.0.0.0/0, and outboundType is userDefinedRouting"}
}

test_next_hop if {
	found(true, [route("out", {"addressPrefix": "0.0.0.0/0", "nextHopType": "Internet"})]) == {"default: the default route out goes to Internet, AKS takes VirtualAppliance or VirtualNetworkGateway"}
	found(true, [route("out", {"addressPrefix": "0.0.0.0/0", "nextHopType": "VirtualAppliance"})]) == {"default: the default route out goes to a virtual appliance without nextHopIpAddress"}
}

to_firewall := route("out", {"addressPrefix": "0.0.0.0/0", "nextHopType": "virtualAppliance", "nextHopIpAddress": "10.9.0.4"})

test_dual_stack if {
	doc := udr({"ipFamilies": ["IPv4", "IPv6"]})
	hits(doc, fixture.own_network, with_routes(true, [to_firewall])) == {"warning: route table rt has no route for ::/0, and the cluster is dual-stack"}
	six := route("six", {"addressPrefix": "::/0", "nextHopType": "VirtualAppliance", "nextHopIpAddress": "fd00::4"})
	hits(doc, fixture.own_network, with_routes(true, [to_firewall, six])) == set()
}

test_fine if {
	found(true, [to_firewall]) == set()
	found(true, [route("out", {"addressPrefix": "0.0.0.0/0", "nextHopType": "VirtualNetworkGateway"})]) == set()
	hits(udr({}), fixture.own_network, net({"routeTable": {"id": table}})) == set()
	hits({"networkProfile": {"networkPlugin": "kubenet"}}, fixture.own_network, with_routes(true, [])) == set()
}
