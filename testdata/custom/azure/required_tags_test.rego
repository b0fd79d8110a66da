package aksnetlint.rules["required-tags_test"]

import data.aksnetlint.rules["required-tags"] as rule

hits(tags) := n if n := count(rule.deny) with input as {"resource": {"name": "net", "tags": tags}}
	with data.params as {"required-tags": {"tags": ["costCenter", "environment"]}}

test_tags if {
	hits({}) == 2
	hits({"CostCenter": "4711", "environment": ""}) == 1
	hits({"costcenter": "4711", "environment": "prod"}) == 0
}
