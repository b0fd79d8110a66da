package aksnetlint.rules["podsubnet-config_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["podsubnet-config"] as rule

hits(properties, pools, others) := {hit.message |
	doc := fixture.input_for(properties, pools, others)
	some hit in rule.deny with input as doc
}

azure := {"networkProfile": {"networkPlugin": "azure"}, "kubernetesVersion": "1.33"}

pool(properties) := object.union({"vnetSubnetID": fixture.nodes_id, "podSubnetID": fixture.pods_id}, properties)

test_plugin if {
	hits({"networkProfile": {"networkPlugin": "kubenet"}}, {"user": pool({})}, {}) == {"pool user has a pod subnet, which needs networkPlugin azure, not kubenet"}
	hits({"networkProfile": {}}, {"user": pool({})}, {}) == set()
	hits(azure, {"user": pool({})}, {}) == set()
}

test_mode_without_subnet if {
	hits(azure, {"user": {"podIPAllocationMode": "StaticBlock"}}, {}) == {"pool user sets podIPAllocationMode StaticBlock without a pod subnet"}
	hits(azure, {"user": {"podIPAllocationMode": ""}}, {}) == set()
}

test_same_subnet if {
	hits(azure, {"user": pool({"podSubnetID": upper(fixture.nodes_id)})}, {}) == {"pool user has its nodes and its pods in the same subnet nodes"}
}

test_other_network if {
	hits(azure, {"user": pool({"podSubnetID": "/rg/microsoft.network/virtualnetworks/far/subnets/pods"})}, {}) == {"the pod subnet of pool user is in virtual network far, its nodes are in net"}
	hits(azure, {"user": pool({"podSubnetID": "/rg/microsoft.network/virtualnetworks/{name}/subnets/pods"})}, {}) == set()
}

test_two_modes if {
	pools := {"one": pool({}), "two": pool({"podIPAllocationMode": "staticBlock"})}
	hits(azure, pools, {}) == {"pool two takes static blocks of pod subnet pods, pool one single addresses: a subnet has one allocation mode"}
	hits(azure, {"one": pool({}), "two": pool({"podIPAllocationMode": "DynamicIndividual"})}, {}) == set()
}

test_version if {
	old := object.union(azure, {"kubernetesVersion": "1.27.9"})
	hits(old, {"user": pool({"podIPAllocationMode": "StaticBlock"})}, {}) == {"pool user takes static blocks, which need Kubernetes 1.28, the cluster has 1.27.9"}
	hits(old, {"user": pool({})}, {}) == set()
}

test_size if {
	hits(azure, {"user": pool({})}, fixture.vnet("10.0.0.0/8", {"pods": {"addressPrefix": "10.0.0.0/11"}})) == {"pod subnet pods is 10.0.0.0/11, AKS takes /12 at most"}
	hits(azure, {"user": pool({})}, fixture.vnet("10.0.0.0/8", {"pods": {"addressPrefix": "10.0.0.0/12"}})) == set()
}
