package aksnetlint.rules["pod-cidr-missing-in-ranges_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["pod-cidr-missing-in-ranges"] as rule

# in_cluster(annotations, spec, profile): the hits in a cluster with such a networkProfile.
in_cluster(annotations, spec, profile) := deny if {
	deny := rule.deny with input.resource as manifests.shaped(manifests.azure(annotations), spec)
		with input.workspace.cluster as fixture.profile_input(profile)
}

test_missing if {
	some hit in in_cluster({}, {"loadBalancerSourceRanges": ["203.0.113.0/24", "10.245.0.0/16"]}, fixture.overlay({"podCidr": "10.244.0.0/16"}))
	hit.path == ["spec", "loadBalancerSourceRanges"]
	hit.message == "pods (10.244.0.0/16) cannot call Service shop/web by its load balancer address: loadBalancerSourceRanges has only 10.245.0.0/16, 203.0.113.0/24"
}

test_default_range if {
	count(in_cluster({}, {"loadBalancerSourceRanges": ["203.0.113.0/24"]}, fixture.overlay({}))) == 1
}

test_silent if {
	count(in_cluster({}, {"loadBalancerSourceRanges": ["10.244.0.0/15"]}, fixture.overlay({}))) == 0
	count(in_cluster({}, {"loadBalancerSourceRanges": ["0.0.0.0/1"]}, fixture.overlay({}))) == 0
	count(in_cluster({"azure-allowed-ip-ranges": "203.0.113.0/24"}, {}, fixture.overlay({}))) == 0
	count(in_cluster({}, {"loadBalancerSourceRanges": ["203.0.113.0/24"]}, {"networkPlugin": "azure"})) == 0
	count(in_cluster({}, {}, fixture.overlay({}))) == 0
}
