package aksnetlint.rules["private-clusters-only_test"]

import data.aksnetlint.rules["private-clusters-only"] as rule

cluster(profile) := {"resource": {"name": "shop", "properties": {"apiServerAccessProfile": profile}}}

test_public if {
	count(rule.deny) == 1 with input as cluster({})
	count(rule.deny) == 1 with input as cluster({"enablePrivateCluster": false})
}

test_private if count(rule.deny) == 0 with input as cluster({"enablePrivateCluster": true})
