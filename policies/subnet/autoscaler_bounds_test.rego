package aksnetlint.rules["autoscaler-bounds_test"]

import data.aksnetlint.rules["autoscaler-bounds"] as rule

hits(properties) := {sprintf("%s: %s", [object.get(hit, "severity", "default"), hit.message]) |
	doc := {"resource": {"id": "/c/agentPools/p", "type": "Microsoft.ContainerService/managedClusters/agentPools", "name": "c/p", "properties": properties}}
	some hit in rule.deny with input as doc
}

scaled(properties) := object.union({"count": 3, "enableAutoScaling": true, "minCount": 1, "maxCount": 5}, properties)

test_missing if {
	hits({"count": 3, "enableAutoScaling": true, "minCount": 1}) == {"default: pool p has enableAutoScaling without maxCount"}
	hits({"count": 3, "enableAutoScaling": true, "maxCount": 4, "minCount": null}) == {"default: pool p has enableAutoScaling without minCount"}
}

test_order if {
	hits(scaled({"minCount": 6})) == {"default: minCount 6 of pool p is more than maxCount 5"}
	hits(scaled({"count": 0})) == {"default: count 0 of pool p is less than minCount 1"}
	hits(scaled({"count": 6})) == {"default: count 6 of pool p is more than maxCount 5"}
	hits(scaled({})) == set()
}

test_system if {
	hits(scaled({"mode": "System", "minCount": 0})) == {"default: minCount of system pool p is 0, AKS takes 1 at least"}
	hits(scaled({"mode": "User", "minCount": 0})) == set()
}

test_not_scaled if {
	hits({"count": 9, "enableAutoScaling": false, "minCount": 1, "maxCount": 5}) == set()
	hits({"type": "VirtualMachines", "enableAutoScaling": true}) == set()
}
