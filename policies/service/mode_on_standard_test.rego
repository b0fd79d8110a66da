package aksnetlint.rules["mode-on-standard_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["mode-on-standard"] as rule

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

test_mode if {
	some hit in hits({"azure-load-balancer-mode": "__auto__"}, {})
	hit.message == "service.beta.kubernetes.io/azure-load-balancer-mode is ignored: it is for Basic load balancers, and AKS has Standard ones"
	hit.fix == [{"op": "remove", "path": "/metadata/annotations/service.beta.kubernetes.io~1azure-load-balancer-mode"}]
	count(in_cluster({"azure-load-balancer-mode": "as1"}, {}, {"loadBalancerSku": "standard"})) == 1
}

test_silent if {
	count(in_cluster({"azure-load-balancer-mode": "as1"}, {}, {"loadBalancerSku": "Basic"})) == 0
	count(hits({}, {})) == 0
}
