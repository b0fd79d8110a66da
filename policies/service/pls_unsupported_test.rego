package aksnetlint.rules["pls-unsupported_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["pls-unsupported"] as rule

# linked(profile, pools): the hits for a linked Service in such a cluster.
linked(profile, pools) := deny if {
	annotations := manifests.azure({"azure-load-balancer-internal": "true", "azure-pls-create": "true"})
	deny := rule.deny with input.resource as manifests.balanced(annotations)
		with input.workspace.cluster as fixture.input_for({"networkProfile": profile}, pools, {})
}

test_backend_pool if {
	some hit in linked({"loadBalancerProfile": {"backendPoolType": "NodeIP"}}, {})
	hit.path == ["metadata", "annotations", "service.beta.kubernetes.io/azure-pls-create"]
	hit.message == "the cluster does not support the private link service of Service shop/web: its backendPoolType is nodeIP"
}

test_basic if {
	some hit in linked({"loadBalancerSku": "basic"}, {})
	endswith(hit.message, "its load balancer is Basic")
}

test_blocks if {
	some hit in linked({"networkPlugin": "azure"}, {"apps": {"podSubnetID": fixture.pods_id, "podIPAllocationMode": "StaticBlock"}})
	endswith(hit.message, "pool apps gives pods blocks of addresses (StaticBlock)")
}

test_silent if {
	count(linked({"loadBalancerProfile": {"backendPoolType": "nodeIPConfiguration"}, "loadBalancerSku": "standard", "networkPlugin": "azure"}, {"apps": {"podSubnetID": fixture.pods_id}})) == 0
	deny := rule.deny with input.resource as manifests.balanced({}) with input.workspace.cluster as fixture.profile_input({"loadBalancerSku": "basic"})
	count(deny) == 0
	alone := rule.deny with input.resource as manifests.balanced(manifests.azure({"azure-pls-create": "true"}))
	count(alone) == 0
}
