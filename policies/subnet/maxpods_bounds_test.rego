package aksnetlint.rules["maxpods-bounds_test"]

import data.aksnetlint.rules["maxpods-bounds"] as rule

hits(properties) := {sprintf("%s: %s", [object.get(hit, "severity", "default"), hit.message]) |
	doc := {"resource": {"id": "/c/agentPools/p", "type": "Microsoft.ContainerService/managedClusters/agentPools", "name": "c/p", "properties": properties}}
	some hit in rule.deny with input as doc
}

test_bounds if {
	hits({"count": 9, "maxPods": 9}) == {"default: maxPods of pool p is 9, AKS takes 10 at least"}
	hits({"count": 9, "maxPods": 251}) == {"default: maxPods of pool p is 251, AKS takes 250 at most"}
	hits({"count": 9, "maxPods": 250}) == set()
	hits({"count": 3, "maxPods": 10}) == set()
}

test_room_in_pool if {
	hits({"count": 2, "maxPods": 14}) == {"default: pool p has room for 2 x 14 = 28 pods, AKS asks for 30 at least"}
	hits({"maxPods": 10}) == {"default: pool p has room for 1 x 10 = 10 pods, AKS asks for 30 at least"}
	hits({"count": 2, "maxPods": 15}) == set()
	hits({"count": 0, "maxPods": 10}) == set()
}

test_autoscaled if {
	hits({"count": 5, "minCount": 2, "maxCount": 9, "enableAutoScaling": true, "maxPods": 10}) == {"warning: pool p has room for 2 x 10 = 20 pods at minCount, AKS asks for 30 at least"}
	hits({"count": 5, "minCount": 0, "maxCount": 9, "enableAutoScaling": true, "maxPods": 10}) == set()
	hits({"count": 5, "minCount": 3, "maxCount": 9, "enableAutoScaling": true, "maxPods": 10}) == set()
}

test_omitted if {
	hits({"count": 1}) == set()
	hits({"count": 1, "maxPods": null}) == set()
}
