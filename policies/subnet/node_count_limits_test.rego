package aksnetlint.rules["node-count-limits_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["node-count-limits"] as rule

hits(network, pools, others) := hits_with(network, pools, others, {"as_of": "2026-06-01"})

hits_with(network, pools, others, settings) := {sprintf("%s: %s", [object.get(hit, "severity", "default"), hit.message]) |
	doc := fixture.input_for({"networkProfile": network, "kubernetesVersion": "1.33"}, pools, others)
	some hit in rule.deny with input as doc with data.settings as settings
}

flat := {"networkPlugin": "azure"}

kubenet := {"networkPlugin": "kubenet"}

test_kubenet if {
	hits(kubenet, {"one": {"count": 200}, "two": {"count": 201}}, {}) == {"default: kubenet needs a route for each of 401 nodes, a route table holds 400"}
	hits(kubenet, {"one": {"count": 380}}, {}) == {"warning: an upgrade needs 380 routes for nodes + 38 for surge nodes + 0 of your own, a route table holds 400"}
	hits(kubenet, {"one": {"count": 300}}, {}) == set()
}

test_own_routes if {
	table := "/rg/microsoft.network/routetables/rt"
	routes := {id: route |
		some i in numbers.range(1, 5)
		id := sprintf("%s/routes/r%d", [table, i])
		route := {"id": id, "type": "Microsoft.Network/routeTables/routes", "properties": {}}
	}
	others := object.union(routes, fixture.vnet("10.0.0.0/8", {"nodes": {"routeTable": {"id": table}}}))
	pools := {"one": {"count": 360, "vnetSubnetID": fixture.nodes_id}}
	hits(kubenet, pools, others) == {"warning: an upgrade needs 360 routes for nodes + 36 for surge nodes + 5 of your own, a route table holds 400"}
}

test_overlay if {
	overlay := {"networkPlugin": "azure", "networkPluginMode": "overlay"}
	pools := {name: {"count": 1000} | some name in ["a", "b", "c", "d", "e"]}
	hits(overlay, pools, {}) == set()
	hits(overlay, object.union(pools, {"f": {"count": 1}}), {}) == {"default: the pools can have 5001 nodes, Azure CNI Overlay takes 5000"}
}

test_pool if {
	hits(flat, {"one": {"count": 1, "enableAutoScaling": true, "maxCount": 1001}}, {}) == {"default: pool one can have 1001 nodes, a pool takes 1000"}
}

test_npm if {
	npm := {"networkPlugin": "azure", "networkPolicy": "azure"}
	hits(npm, {"one": {"count": 251}}, {}) == {"warning: the pools can have 251 nodes, Azure NPM (networkPolicy azure) is made for 250"}
	hits(npm, {"one": {"count": 250}}, {}) == set()
}
