package aksnetlint.rules["pls-etp-local-subnet_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["pls-etp-local-subnet"] as rule

# linked(annotations, policy, profile, pool): the hits for a linked Service in such a cluster.
linked(annotations, policy, pool) := deny if {
	own := object.union(annotations, {"azure-load-balancer-internal": "true", "azure-pls-create": "true"})
	deny := rule.deny with input.resource as manifests.shaped(manifests.azure(own), {"externalTrafficPolicy": policy})
		with input.workspace.cluster as fixture.input_for({"networkProfile": {"networkPlugin": "azure"}}, {"system": pool}, {})
}

node_subnet := {"vnetSubnetID": fixture.nodes_id}

pod_subnet := {"vnetSubnetID": fixture.nodes_id, "podSubnetID": fixture.pods_id}

test_named if {
	some hit in linked({"azure-pls-ip-configuration-subnet": "Pods"}, "Local", pod_subnet)
	hit.path == ["metadata", "annotations", "service.beta.kubernetes.io/azure-pls-ip-configuration-subnet"]
	hit.message == "the private link service is in subnet Pods, where the pods are: this does not work with externalTrafficPolicy Local"
	some other in linked({"azure-load-balancer-internal-subnet": "nodes"}, "Local", node_subnet)
	other.path == ["metadata", "annotations", "service.beta.kubernetes.io/azure-load-balancer-internal-subnet"]
}

test_default if {
	some hit in linked({}, "Local", node_subnet)
	hit.path == ["metadata", "annotations", "service.beta.kubernetes.io/azure-pls-create"]
	hit.message == "the private link service is in the subnet of the nodes (nodes), where the pods are: this does not work with externalTrafficPolicy Local"
}

test_silent if {
	count(linked({}, "Local", pod_subnet)) == 0
	count(linked({"azure-pls-ip-configuration-subnet": "links"}, "Local", node_subnet)) == 0
	count(linked({}, "Cluster", node_subnet)) == 0
	count(linked({"azure-pls-ip-configuration-subnet": "links", "azure-load-balancer-internal-subnet": "pods"}, "Local", pod_subnet)) == 0
}
