package aksnetlint.rules["podsubnet-too-small_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["podsubnet-too-small"] as rule

hits(pools, range) := {sprintf("%s: %s", [hit.severity, hit.message]) |
	subnets := fixture.vnet("10.0.0.0/8", {"nodes": {"addressPrefix": "10.1.0.0/22"}, "pods": {"addressPrefix": range}})
	doc := fixture.input_for({"networkProfile": {"networkPlugin": "azure"}, "kubernetesVersion": "1.33"}, pools, subnets)
	some hit in rule.deny with input as doc
}

pool(properties) := object.union({"vnetSubnetID": fixture.nodes_id, "podSubnetID": fixture.pods_id}, properties)

static(properties) := pool(object.union({"podIPAllocationMode": "StaticBlock"}, properties))

test_refused if {
	hits({"user": pool({"count": 10})}, "10.2.0.0/25") == {"error: pod subnet pods is too small: pool user 10 x 16 = 160 addresses; 10.2.0.0/25 has 123; /24 would do"}
	hits({"user": pool({"count": 14})}, "10.2.0.0/24") == {"warning: pod subnet pods has no room for an upgrade: pool user (14 + surge 2) x 16 = 256 addresses; 10.2.0.0/24 has 251; /23 would do"}
	hits({"user": pool({"count": 13})}, "10.2.0.0/24") == set()
}

test_static_blocks if {
	hits({"user": static({"count": 3, "maxPods": 250})}, "10.2.0.0/24") == {"error: pod subnet pods has too few static blocks: pool user 3 x 16 x 16 = 768 addresses; 10.2.0.0/24 has 251; /22 would do"}
	hits({"user": static({"count": 3, "maxPods": 31})}, "10.2.0.0/24") == set()
	hits({"user": static({"count": 5, "maxPods": 32})}, "10.2.0.0/24") == {"warning: pod subnet pods has no room for an upgrade: pool user (5 + surge 1) x 3 x 16 = 288 addresses; 10.2.0.0/24 has 251; /23 would do"}
}

test_aligned_blocks if {
	hits({"user": static({"count": 14, "maxPods": 15, "upgradeSettings": {"maxSurge": "1"}})}, "10.2.0.0/24") == set()
	hits({"user": static({"count": 15, "maxPods": 15, "upgradeSettings": {"maxSurge": "0", "maxUnavailable": "1"}})}, "10.2.0.0/24") == {"warning: subnet pods has 14 blocks of 16 addresses without the first and the last, the pools take 15: pool user 15 x 1 x 16 = 240 addresses"}
}

test_refused_before_blocks if {
	hits({"user": static({"count": 40, "maxPods": 250})}, "10.2.0.0/24") == {"error: pod subnet pods is too small: pool user 40 x 16 = 640 addresses; 10.2.0.0/24 has 251; /22 would do"}
}

test_no_pods_in_subnet if {
	hits({"user": {"count": 90, "vnetSubnetID": fixture.nodes_id}}, "10.2.0.0/28") == set()
}
