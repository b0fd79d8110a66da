package aksnetlint.rules["foreign-cloud-annotation-only_test"]

import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["foreign-cloud-annotation-only"] as rule

hits(annotations) := hits if hits := rule.deny with input.resource as manifests.balanced(annotations)

aws := {"service.beta.kubernetes.io/aws-load-balancer-internal": "true"}

test_foreign if {
	some hit in hits(object.union(aws, {"service.beta.kubernetes.io/aws-load-balancer-type": "nlb"}))
	hit.message == "service.beta.kubernetes.io/aws-load-balancer-internal is an annotation of AWS and not read in AKS: Service shop/web is public"
	count(hits({"networking.gke.io/load-balancer-type": "Internal"})) == 1
}

test_silent if every annotations in [
	object.union(aws, manifests.internal),
	object.union(aws, {"aksnetlint.io/allow-public": "the shop"}),
	object.union(aws, {"team": 7}),
	{"team": "shop"},
	{},
] {
	count(hits(annotations)) == 0
}
