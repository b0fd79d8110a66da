package aksnetlint.rules["agic-kubenet-gateway-subnet_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["agic-kubenet-gateway-subnet"] as rule

gateway_subnet := concat("/", [fixture.vnet_id, "subnets", "gateway"])

hits(properties, tier, gateway) := {hit.message |
	others := object.union_n([
		fixture.vnet("10.1.0.0/16", {"nodes": table("rt"), "gateway": gateway}),
		fixture.resource("/rg/gw", "Microsoft.Network/applicationGateways", {
			"sku": {"tier": tier},
			"gatewayIPConfigurations": [{"properties": {"subnet": {"id": gateway_subnet}}}],
		}),
	])
	some hit in rule.deny with input as fixture.input_for(properties, fixture.own_network, others)
}

table(name) := {"routeTable": {"id": sprintf("/rg/microsoft.network/routetables/%s", [name])}}

agic(plugin) := {"networkProfile": {"networkPlugin": plugin}, "addonProfiles": {"ingressApplicationGateway": {"enabled": true}}}

test_without_table if {
	words := {"subnet gateway of the application gateway does not have the route table of the kubenet nodes, so the gateway does not reach pods"}
	hits(agic("kubenet"), "Standard_v2", {}) == words
	hits(agic("kubenet"), "WAF_v2", table("other")) == words
}

test_fine if {
	hits(agic("kubenet"), "Standard_v2", table("RT")) == set()
	hits(agic("kubenet"), "Standard", {}) == set()
	hits(agic("azure"), "Standard_v2", {}) == set()
	hits({"networkProfile": {"networkPlugin": "kubenet"}}, "Standard_v2", {}) == set()
}
