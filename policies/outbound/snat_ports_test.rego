package aksnetlint.rules["snat-ports_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["snat-ports"] as rule

hits(profile, pools, others) := result if {
	doc := fixture.input_for({"networkProfile": {"loadBalancerProfile": profile}}, pools, others)
	result := {hit.message | some hit in rule.deny} with input as doc with data.settings as settings
}

settings := {"as_of": "2026-06-01"}

prefix_id := "/rg/microsoft.network/publicipprefixes/p"

prefixes := {"outboundIPPrefixes": {"publicIPPrefixes": [{"id": prefix_id}]}}

prefix := fixture.resource(prefix_id, "Microsoft.Network/publicIPPrefixes", {"prefixLength": 31})

test_one_ip if {
	hits({"allocatedOutboundPorts": 8000}, {"system": {"count": 8}}, {}) == {"8000 ports x 9 nodes (system 8 + surge 1) = 72000; 1 outbound IP has 64000, 2 would do"}
}

test_several_ips if {
	hits({"allocatedOutboundPorts": 16000, "managedOutboundIPs": {"count": 2}}, {"system": {"count": 3}, "user": {"enableAutoScaling": true, "count": 1, "maxCount": 4}}, {}) == {"16000 ports x 9 nodes (system 3 + surge 1 + user 4 + surge 1) = 144000; 2 outbound IPs have 128000, 3 would do"}
	hits({"allocatedOutboundPorts": 16000, "outboundIPs": {"publicIPs": [{"id": "/a"}, {"id": "/b"}]}}, {"system": {"count": 8}}, {}) == {"16000 ports x 9 nodes (system 8 + surge 1) = 144000; 2 outbound IPs have 128000, 3 would do"}
	hits(object.union(prefixes, {"allocatedOutboundPorts": 16000}), {"system": {"count": 8}}, prefix) == {"16000 ports x 9 nodes (system 8 + surge 1) = 144000; 2 outbound IPs have 128000, 3 would do"}
}

test_not_a_multiple if {
	hits({"allocatedOutboundPorts": 1001}, {"system": {}}, {}) == {"allocatedOutboundPorts 1001 is not a multiple of 8"}
}

test_out_of_bounds if {
	hits({"allocatedOutboundPorts": 64008, "managedOutboundIPs": {"count": 10}}, {"system": {}}, {}) == {"allocatedOutboundPorts 64008 is outside 0 to 64000"}
}

test_fine if {
	hits({"allocatedOutboundPorts": 8000}, {"system": {"count": 7}}, {}) == set()
	hits({"allocatedOutboundPorts": 0}, {"system": {"count": 500}}, {}) == set()
	hits(object.union(prefixes, {"allocatedOutboundPorts": 16000}), {"system": {"count": 100}}, {}) == set()
	hits({}, {"system": {"count": 100}}, {}) == set()
}

test_other_outbound_type if {
	doc := fixture.input_for({"networkProfile": {"outboundType": "managedNATGateway", "loadBalancerProfile": {"allocatedOutboundPorts": 8001}}}, {"system": {"count": 100}}, {})
	count(rule.deny) == 0 with input as doc
}
