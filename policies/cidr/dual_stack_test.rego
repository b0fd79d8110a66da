package aksnetlint.rules["dual-stack_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["dual-stack"] as rule

hits(profile, properties, pools, others) := result if {
	doc := fixture.input_for(object.union({"networkProfile": profile}, properties), pools, others)
	result := {hit.message | some hit in rule.deny} with input as doc with data.settings as settings
}

settings := {"as_of": "2026-06-01"}

both := ["IPv4", "IPv6"]

dual(changes) := object.union(fixture.overlay({"ipFamilies": both}), changes)

plain := {"system": {}}

test_families if {
	hits(fixture.overlay({"ipFamilies": ["IPv6"]}), {}, plain, {}) == {"ipFamilies [IPv6] is not supported: it must be [IPv4], or [IPv4, IPv6] in that order"}
	hits(fixture.overlay({"ipFamilies": ["IPv6", "IPv4"]}), {}, plain, {}) == {"ipFamilies [IPv6, IPv4] is not supported: it must be [IPv4], or [IPv4, IPv6] in that order"}
}

test_count_of_ranges if {
	hits(dual({"podCidrs": ["10.244.0.0/16"]}), {}, plain, {}) == {"podCidrs holds 1 range for 2 IP families (IPv4, IPv6)"}
	hits(fixture.overlay({"serviceCidrs": ["10.0.0.0/16", "fd00::/108"]}), {}, plain, {}) == {"serviceCidrs holds 2 ranges for 1 IP family (IPv4)"}
}

test_order_of_ranges if {
	hits(dual({"podCidrs": ["fd00::/64", "10.244.0.0/16"]}), {}, plain, {}) == {
		"podCidrs[0] fd00::/64 is not an IPv4 range: ranges stand in the order of ipFamilies",
		"podCidrs[1] 10.244.0.0/16 is not an IPv6 range: ranges stand in the order of ipFamilies",
	}
}

test_ipv6_service_range if {
	hits(dual({"serviceCidrs": ["10.0.0.0/16", "fd00::/107"]}), {}, plain, {}) == {"serviceCidrs[1] fd00::/107 is a /107; the IPv6 service range must be a /108 or smaller"}
}

test_policy_engine if {
	hits(dual({"networkPolicy": "Calico"}), {}, plain, {}) == {"networkPolicy calico does not work with dual stack"}
	hits(dual({"networkPolicy": "azure"}), {}, plain, {}) == {"networkPolicy azure does not work with dual stack"}
}

test_nat_gateways if {
	hits(dual({"outboundType": "managedNATGateway"}), {}, plain, {}) == {"the managed NAT gateway of SKU Standard does not carry IPv6: dual stack does not work with it"}
	hits(dual({"outboundType": "managedNATGatewayV2"}), {}, plain, {}) == set()
	hits(dual({"outboundType": "managedNATGateway", "natGatewayProfile": {"sku": "standardV2"}}), {}, plain, {}) == set()
	hits(dual({"outboundType": "managedNATGateway", "natGatewayProfile": {"sku": {"name": "StandardV2"}}}), {}, plain, {}) == set()
	net := fixture.vnet("10.1.0.0/16", {"nodes": {"addressPrefix": "10.1.0.0/20", "natGateway": {"id": fixture.nat_id}}})
	nat := {fixture.nat_id: {"id": fixture.nat_id, "type": "Microsoft.Network/natGateways", "name": "nat", "sku": {"name": "Standard"}, "properties": {}}}
	hits(dual({"outboundType": "userAssignedNATGateway"}), {}, fixture.own_network, object.union(net, nat)) == {"NAT gateway nat of SKU Standard does not carry IPv6: dual stack does not work with it"}
}

test_virtual_nodes if {
	hits(dual({}), {"addonProfiles": {"ACIConnectorLinux": {"enabled": true}}}, plain, {}) == {"virtual nodes do not work with dual stack"}
}

test_old_api if {
	doc := object.union(fixture.profile_input(dual({})), {"resource": {"apiVersion": "2021-09-01"}})
	found := {hit.message | some hit in rule.deny} with input as doc
	found == {"dual stack needs API version 2021-10-01 or later, this is 2021-09-01"}
}

test_mode if {
	hits({"networkPlugin": "azure", "ipFamilies": both}, {}, plain, {}) == {"dual stack is documented for Azure CNI Overlay, not for Azure CNI node subnet"}
	hits({"networkPlugin": "azure", "ipFamilies": both}, {}, {"system": {"podSubnetID": fixture.pods_id, "podIPAllocationMode": "StaticBlock"}}, {}) == set()
}

test_fine if {
	hits(dual({"podCidrs": ["10.244.0.0/16", "fd00::/64"], "serviceCidrs": ["10.0.0.0/16", "fd01::/108"]}), {}, plain, {}) == set()
	hits(fixture.overlay({"ipFamilies": ["IPv4"], "podCidrs": ["10.244.0.0/16"]}), {}, plain, {}) == set()
	hits({}, {}, plain, {}) == set()
}
