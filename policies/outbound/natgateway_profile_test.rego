package aksnetlint.rules["natgateway-profile_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["natgateway-profile"] as rule

hits(profile) := result if {
	doc := fixture.profile_input({"outboundType": "managedNATGateway", "natGatewayProfile": profile})
	result := {hit.message | some hit in rule.deny} with input as doc with data.settings as settings
}

settings := {"as_of": "2026-06-01"}

test_bounds if {
	hits({"managedOutboundIPProfile": {"count": 17}}) == {"managedOutboundIPProfile.count 17 is outside 1 to 16"}
	hits({"idleTimeoutInMinutes": 3}) == {"idleTimeoutInMinutes 3 is outside 4 to 120"}
}

test_fine if {
	hits({"managedOutboundIPProfile": {"count": 16}, "idleTimeoutInMinutes": 4}) == set()
}
