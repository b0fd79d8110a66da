package aksnetlint.lib.join_test

import data.aksnetlint.lib.fixture
import data.aksnetlint.lib.join
import data.aksnetlint.lib.joined

context := joined.overlay(fixture.own_network, joined.whole)

test_named if {
	join.named(joined.internal({join.subnet_key: "Services"}, {})) == "Services"
	every value in ["", " services", "net/services", "${SUBNET}"] {
		not join.named(joined.internal({join.subnet_key: value}, {}))
	}
}

test_subnet_ids if {
	join.subnet_ids(context, joined.internal({join.subnet_key: "Services"}, {})) == {joined.services_id}
	join.subnet_ids(context, joined.internal({}, {})) == {fixture.nodes_id}
	join.subnet_ids(context, joined.internal({join.subnet_key: " "}, {})) == {fixture.nodes_id}
	not join.subnet_ids(context, joined.internal({join.subnet_key: "a/b"}, {}))
}

test_missing if {
	join.missing(context, "frontends")
	not join.missing(context, "SERVICES")
	not join.missing(joined.overlay(fixture.own_network, {}), "frontends")
	not join.missing(joined.overlay(fixture.own_network, joined.network), "frontends")
	old := {fixture.vnet_id: object.union(joined.network[fixture.vnet_id], {"apiVersion": "2022-07-01"})}
	join.missing(joined.overlay(fixture.own_network, old), "frontends")
}

test_owners if {
	gateway := fixture.resource("/rg/gw", "Microsoft.Network/applicationGateways", {"frontendIPConfigurations": [{"properties": {"privateIPAddress": "10.1.4.5", "subnet": {"id": joined.services_id}}}]})
	endpoint := fixture.resource("/rg/pe", "Microsoft.Network/privateEndpoints", {"subnet": {"id": joined.services_id}, "ipConfigurations": [{"properties": {"privateIPAddress": "10.1.4.6"}}]})
	made := {"/rg/lb": {"id": "/rg/lb", "type": "Microsoft.Network/loadBalancers", "name": "kubernetes-internal", "existing": true, "properties": {"frontendIPConfigurations": [{"properties": {"privateIPAddress": "10.1.4.7", "subnet": {"id": joined.services_id}}}]}}}
	all := joined.overlay(fixture.own_network, object.union_n([joined.whole, gateway, endpoint, made]))
	join.owners(all, "10.1.4.5") == {"application gateway gw"}
	join.owners(all, "10.1.4.6") == {"private endpoint pe"}
	join.owners(all, "10.1.4.7") == set()
}

test_subnet_words if {
	join.subnet_words(context, {joined.services_id, fixture.nodes_id}) == "subnets nodes (10.1.0.0/24) or services (10.1.4.0/28)"
	join.subnet_words(context, {fixture.nodes_id}) == "subnet nodes (10.1.0.0/24)"
}
