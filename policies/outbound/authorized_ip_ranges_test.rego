package aksnetlint.rules["authorized-ip-ranges_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["authorized-ip-ranges"] as rule

hits(access) := result if {
	doc := fixture.input_for({"apiServerAccessProfile": access}, {}, {})
	result := {hit.message | some hit in rule.deny} with input as doc with data.settings as settings
}

settings := {"as_of": "2026-06-01"}

test_private if {
	hits({"authorizedIPRanges": ["203.0.113.0/24"], "enablePrivateCluster": true}) == {"authorized IP ranges do not work with a private cluster"}
}

test_too_many if {
	many := [range | some i in numbers.range(1, 201); range := sprintf("198.18.%d.0/24", [i])]
	hits({"authorizedIPRanges": many}) == {"201 authorized IP ranges, at most 200 are allowed"}
	hits({"authorizedIPRanges": many, "enableVnetIntegration": true}) == set()
}

test_text if {
	hits({"authorizedIPRanges": ["203.0.113.0/33"]}) == {"authorized IP range \"203.0.113.0/33\" is not an address range"}
	hits({"authorizedIPRanges": ["203.0.113.7/24"]}) == {"authorized IP range 203.0.113.7/24 has bits set after the prefix; the range is 203.0.113.0/24"}
	hits({"authorizedIPRanges": ["0.0.0.0/0"]}) == {"authorized IP range 0.0.0.0/0 lets every address on the internet reach the API server"}
}

test_fix if {
	doc := fixture.input_for({"apiServerAccessProfile": {"authorizedIPRanges": ["203.0.113.7/24"]}}, {}, {})
	some hit in rule.deny with input as doc
	hit.fix == [{"op": "replace", "path": "/properties/apiServerAccessProfile/authorizedIPRanges/0", "value": "203.0.113.0/24"}]
}

test_fine if {
	hits({"authorizedIPRanges": ["203.0.113.0/24", "198.51.100.7", "0.0.0.0/32"]}) == set()
	hits({"authorizedIPRanges": [], "enablePrivateCluster": true}) == set()
}
