package aksnetlint.rules["api-server-open_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["api-server-open"] as rule

hits(properties) := result if {
	doc := fixture.input_for(properties, {}, {})
	result := {hit.message | some hit in rule.deny} with input as doc with data.settings as settings
}

settings := {"as_of": "2026-06-01"}

open := {"API server can be reached from every address on the internet: neither private, nor authorized IP ranges, nor VNet integration"}

test_open if {
	hits({}) == open
	hits({"apiServerAccessProfile": {"authorizedIPRanges": [], "enablePrivateCluster": false}}) == open
}

test_restricted if {
	hits({"apiServerAccessProfile": {"enablePrivateCluster": true}}) == set()
	hits({"apiServerAccessProfile": {"enableVnetIntegration": true}}) == set()
	hits({"apiServerAccessProfile": {"authorizedIPRanges": ["203.0.113.0/24"]}}) == set()
	hits({"apiServerAuthorizedIPRanges": ["203.0.113.0/24"]}) == set()
}
