package aksnetlint.rules["pls-needs-internal_test"]

import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["pls-needs-internal"] as rule

# messages(annotations, spec): what the rule says of such a Service.
messages(annotations, spec) := {hit.message | some hit in hits(annotations, spec)}

hits(annotations, spec) := deny if {
	deny := rule.deny with input.resource as manifests.shaped(manifests.azure(annotations), spec)
}

test_public if every value in ["true", " True "] {
	some hit in hits({"azure-pls-create": value}, {})
	hit.path == ["metadata", "annotations", "service.beta.kubernetes.io/azure-pls-create"]
	hit.message == "Service shop/web is public: a private link service needs an internal load balancer, or one without floating IP"
	hit.fix == [{"op": "add", "path": "/metadata/annotations/service.beta.kubernetes.io~1azure-load-balancer-internal", "value": "true"}]
}

test_wrong_value if {
	some hit in hits({"azure-pls-create": "true", "azure-load-balancer-internal": "True"}, {})
	not hit.fix
	count(hits({"azure-pls-create": "true", "azure-disable-load-balancer-floating-ip": " true"}, {})) == 1
}

test_silent if {
	count(hits({"azure-pls-create": "true", "azure-load-balancer-internal": "true"}, {})) == 0
	count(hits({"azure-pls-create": "true", "azure-disable-load-balancer-floating-ip": "TRUE"}, {})) == 0
	count(hits({"azure-pls-create": "yes"}, {})) == 0
	count(hits({"azure-pls-create": "true"}, {"loadBalancerClass": "x"})) == 0
}
