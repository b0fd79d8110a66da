package aksnetlint.rules["ha-ports-on-public_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["ha-ports-on-public"] as rule

# messages(annotations, spec): what the rule says of such a Service.
messages(annotations, spec) := {hit.message | some hit in hits(annotations, spec)}

hits(annotations, spec) := deny if {
	deny := rule.deny with input.resource as manifests.shaped(manifests.azure(annotations), spec)
}

# in_cluster(annotations, spec, profile): the hits in a cluster with such a networkProfile.
in_cluster(annotations, spec, profile) := deny if {
	deny := rule.deny with input.resource as manifests.shaped(manifests.azure(annotations), spec)
		with input.workspace.cluster as fixture.profile_input(profile)
}

key := "azure-load-balancer-enable-high-availability-ports"

test_public if {
	messages({key: "True"}, {}) == {"service.beta.kubernetes.io/azure-load-balancer-enable-high-availability-ports is ignored: Service shop/web is public, each port gets a rule of its own"}
}

test_basic if {
	some hit in in_cluster({key: "true", "azure-load-balancer-internal": "true"}, {}, {"loadBalancerSku": "basic"})
	contains(hit.message, "the cluster has a Basic load balancer")
}

test_silent if {
	count(hits({key: "true", "azure-load-balancer-internal": "true"}, {})) == 0
	count(hits({key: "true", "azure-load-balancer-internal": "True"}, {})) == 0
	count(hits({key: "yes"}, {})) == 0
	count(hits({key: " true"}, {})) == 0
	count(in_cluster({key: "true", "azure-load-balancer-internal": "true"}, {}, {"loadBalancerSku": "standard"})) == 0
}
