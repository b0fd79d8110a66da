package aksnetlint.rules["snat-auto-drop_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["snat-auto-drop"] as rule

hits(profile, pools) := result if {
	doc := fixture.input_for({"networkProfile": profile}, pools, {})
	result := {hit.message | some hit in rule.deny} with input as doc with data.settings as settings
}

settings := {"as_of": "2026-06-01"}

growing(least, most) := {"user": {"count": least, "enableAutoScaling": true, "maxCount": most}}

test_crossing if {
	hits({}, growing(20, 90)) == {"allocatedOutboundPorts is automatic: scaling from 20 to 90 nodes lowers the ports of each node from 1024 to 512"}
	hits({"loadBalancerProfile": {"allocatedOutboundPorts": 0}}, growing(60, 900)) == {"allocatedOutboundPorts is automatic: scaling from 60 to 900 nodes lowers the ports of each node from 512 to 32"}
}

test_fine if {
	hits({}, growing(3, 50)) == set()
	hits({}, growing(51, 100)) == set()
	hits({"loadBalancerProfile": {"allocatedOutboundPorts": 256}}, growing(20, 90)) == set()
	hits({"outboundType": "userDefinedRouting"}, growing(20, 90)) == set()
}
