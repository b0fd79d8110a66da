package aksnetlint.rules["lb-profile-one-of_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["lb-profile-one-of"] as rule

hits(profile) := result if {
	doc := fixture.profile_input({"loadBalancerProfile": profile})
	result := {hit.message | some hit in rule.deny} with input as doc with data.settings as settings
}

settings := {"as_of": "2026-06-01"}

test_sources if {
	hits({"managedOutboundIPs": {"count": 1}, "outboundIPs": {"publicIPs": []}}) == {"loadBalancerProfile names 2 sources of outbound addresses (managedOutboundIPs, outboundIPs), one is allowed"}
}

test_bounds if {
	hits({"managedOutboundIPs": {"count": 0}}) == {"managedOutboundIPs.count 0 is outside 1 to 100"}
	hits({"managedOutboundIPs": {"count": 101}}) == {"managedOutboundIPs.count 101 is outside 1 to 100"}
	hits({"idleTimeoutInMinutes": 3}) == {"idleTimeoutInMinutes 3 is outside 4 to 120"}
	hits({"idleTimeoutInMinutes": 121}) == {"idleTimeoutInMinutes 121 is outside 4 to 120"}
}

test_fine if {
	hits({"managedOutboundIPs": {"count": 100}, "outboundIPs": null, "outboundIPPrefixes": {}, "idleTimeoutInMinutes": 120}) == set()
}
