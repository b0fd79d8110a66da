package aksnetlint.rules["cidr-overlaps-peer_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["cidr-overlaps-peer"] as rule

hits(profile, others) := result if {
	doc := input_for(profile, others)
	result := {hit.message | some hit in rule.deny} with input as doc with data.settings as settings
}

settings := {"as_of": "2026-06-01"}

net := fixture.vnet("10.1.0.0/16", {"nodes": {"addressPrefix": "10.1.0.0/20"}})

hub_id := "/rg/microsoft.network/virtualnetworks/hub"

hub := fixture.resource(hub_id, "Microsoft.Network/virtualNetworks", {"addressSpace": {"addressPrefixes": ["10.0.0.0/22"]}})

peering(from, properties) := fixture.resource(concat("", [from, "/virtualnetworkpeerings/p"]), "Microsoft.Network/virtualNetworks/virtualNetworkPeerings", properties)

overlap := {"service range 10.0.0.0/16 overlaps 10.0.0.0/22 of the peered virtual network hub: from inside the cluster its addresses there cannot be reached"}

test_peering if {
	hits(fixture.overlay({}), object.union_n([net, hub, peering(fixture.vnet_id, {"remoteVirtualNetwork": {"id": hub_id}})])) == overlap
}

test_peering_on_the_other_side if {
	hits(fixture.overlay({}), object.union_n([net, hub, peering(hub_id, {"remoteVirtualNetwork": {"id": fixture.vnet_id}})])) == overlap
}

test_inline_peering if {
	inline := {fixture.vnet_id: {"properties": {"virtualNetworkPeerings": [{"properties": {"remoteVirtualNetwork": {"id": hub_id}}}]}}}
	hits(fixture.overlay({}), object.union_n([net, hub, inline])) == overlap
}

test_remote_network_elsewhere if {
	others := object.union(net, peering(fixture.vnet_id, {"remoteVirtualNetwork": {"id": "/elsewhere/far"}, "remoteAddressSpace": {"addressPrefixes": ["10.244.128.0/20"]}}))
	hits(fixture.overlay({}), others) == {"pod range 10.244.0.0/16 overlaps 10.244.128.0/20 of the peered virtual network far: from inside the cluster its addresses there cannot be reached"}
}

test_on_the_premises if {
	doc := input_for({"networkPlugin": "kubenet", "podCidr": "192.168.0.0/16"}, net)
	found := {hit.message | some hit in rule.deny} with input as doc with data.settings as {"onprem_cidrs": ["192.168.10.0/24", "10.9.0.0/16"]}
	found == {"pod range 192.168.0.0/16 overlaps 192.168.10.0/24 of the network on the premises: from inside the cluster its addresses there cannot be reached"}
}

input_for(profile, others) := fixture.input_for({"networkProfile": profile}, fixture.own_network, others)

test_apart if {
	hits(fixture.overlay({}), object.union(net, hub)) == set()
	hits({"networkPlugin": "azure", "serviceCidr": "172.20.0.0/16"}, object.union_n([net, hub, peering(fixture.vnet_id, {"remoteVirtualNetwork": {"id": hub_id}})])) == set()
}
