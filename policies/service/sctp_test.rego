package aksnetlint.rules.sctp_test

import data.aksnetlint.lib.fixture
import data.aksnetlint.lib.manifests
import data.aksnetlint.rules.sctp as rule

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

signalling := {"ports": [{"name": "web", "port": 80}, {"name": "sig", "port": 3868, "protocol": "SCTP"}]}

test_public if {
	some hit in hits({}, signalling)
	hit.path == ["spec", "ports", 1, "protocol"]
	hit.message == "port 3868 uses SCTP, which only an internal Standard load balancer carries: Service shop/web is public"
}

test_basic if {
	some hit in in_cluster({"azure-load-balancer-internal": "true"}, signalling, {"loadBalancerSku": "Basic"})
	endswith(hit.message, "the cluster has a Basic one")
}

test_silent if {
	count(hits({"azure-load-balancer-internal": "true"}, signalling)) == 0
	count(hits({"azure-load-balancer-internal": "True"}, signalling)) == 0
	count(hits({"port_3868_no_lb_rule": "true"}, signalling)) == 0
	count(hits({}, {})) == 0
	count(hits({}, object.union(signalling, {"type": "NodePort"}))) == 0
}
