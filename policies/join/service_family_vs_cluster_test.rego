package aksnetlint.rules["service-family-vs-cluster_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["service-family-vs-cluster"] as rule

hits(spec, profile) := {[concat("/", [sprintf("%v", [step]) | some step in hit.path]), object.get(hit, "severity", "error"), hit.message] |
	doc := {"resource": manifests.shaped({}, spec), "workspace": {"cluster": fixture.profile_input(profile)}}
	some hit in rule.deny with input as doc
}

dual := {"ipFamilies": ["IPv4", "IPv6"]}

test_required if hits({"ipFamilyPolicy": "RequireDualStack"}, {}) == {["spec/ipFamilyPolicy", "error", "ipFamilyPolicy is RequireDualStack, but the cluster has IPv4 only: the API server refuses the Service"]}

test_family if {
	hits({"ipFamilies": ["IPv6"]}, {"ipFamilies": ["IPv4"]}) == {["spec/ipFamilies/0", "error", "the Service asks for IPv6, but the cluster has IPv4 only: the API server refuses it"]}
	hits({"ipFamilyPolicy": "PreferDualStack", "ipFamilies": ["IPv4", "IPv6"]}, {}) == {["spec/ipFamilies/1", "warning", "the Service asks for IPv6, but the cluster has IPv4 only: the API server refuses it"]}
}

test_fine if {
	hits({"ipFamilyPolicy": "RequireDualStack", "ipFamilies": ["IPv6", "IPv4"]}, dual) == set()
	hits({"ipFamilyPolicy": "PreferDualStack"}, {}) == set()
	hits({"ipFamilies": ["IPv4"]}, {}) == set()
	hits({"type": "ExternalName", "ipFamilies": ["IPv6"]}, {}) == set()
	hits({"type": "ClusterIP", "clusterIP": "None", "ipFamilyPolicy": "RequireDualStack"}, {}) == set()
	count(rule.deny) == 0 with input as {"resource": manifests.shaped({}, {"ipFamilies": ["IPv6"]})}
}
