package aksnetlint.rules["deny-all-except-without-ranges_test"]

import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["deny-all-except-without-ranges"] as rule

# messages(annotations, spec): what the rule says of such a Service.
messages(annotations, spec) := {hit.message | some hit in hits(annotations, spec)}

hits(annotations, spec) := deny if {
	deny := rule.deny with input.resource as manifests.shaped(manifests.azure(annotations), spec)
}

test_alone if every value in ["true", "TRUE"] {
	messages({"azure-deny-all-except-load-balancer-source-ranges": value}, {}) == {"service.beta.kubernetes.io/azure-deny-all-except-load-balancer-source-ranges has no effect: Service shop/web has no source ranges"}
}

test_tags if {
	some message in messages({"azure-deny-all-except-load-balancer-source-ranges": "true", "azure-allowed-service-tags": "AzureCloud"}, {})
	endswith(message, "has no source ranges, and service tags do not count")
}

test_silent if {
	count(hits({"azure-deny-all-except-load-balancer-source-ranges": "true"}, {"loadBalancerSourceRanges": ["10.0.0.0/8"]})) == 0
	count(hits({"azure-deny-all-except-load-balancer-source-ranges": "true", "load-balancer-source-ranges": "10.0.0.0/8"}, {})) == 0
	count(hits({"azure-deny-all-except-load-balancer-source-ranges": "true", "azure-allowed-ip-ranges": "x"}, {})) == 0
	count(hits({"azure-deny-all-except-load-balancer-source-ranges": "false"}, {})) == 0
	count(hits({"azure-deny-all-except-load-balancer-source-ranges": " true"}, {})) == 0
}
