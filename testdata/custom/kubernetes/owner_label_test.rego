package aksnetlint.rules["owner-label_test"]

import data.aksnetlint.rules["owner-label"] as rule

service(labels) := {"resource": {"kind": "Service", "metadata": {"name": "shop", "labels": labels}}}

test_missing if count(rule.deny) == 1 with input as service({})

test_no_team if {
	some hit in rule.deny with input as service({"owner": "bob"})
	hit.path == ["metadata", "labels", "owner"]
}

test_team if count(rule.deny) == 0 with input as service({"owner": "team-shop"})
