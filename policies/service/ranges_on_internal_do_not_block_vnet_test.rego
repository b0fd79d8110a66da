package aksnetlint.rules["ranges-on-internal-do-not-block-vnet_test"]

import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["ranges-on-internal-do-not-block-vnet"] as rule

# messages(annotations, spec): what the rule says of such a Service.
messages(annotations, spec) := {hit.message | some hit in hits(annotations, spec)}

hits(annotations, spec) := deny if {
	deny := rule.deny with input.resource as manifests.shaped(manifests.azure(annotations), spec)
}

test_ranges if {
	some hit in hits({"azure-load-balancer-internal": "true", "azure-allowed-ip-ranges": "10.1.0.0/16,10.0.0.0/16"}, {})
	hit.path == ["metadata", "annotations", "service.beta.kubernetes.io/azure-allowed-ip-ranges"]
	startswith(hit.message, "internal Service shop/web is not limited to 10.0.0.0/16, 10.1.0.0/16: ")
}

test_spec if {
	some hit in hits({"azure-load-balancer-internal": "true", "azure-deny-all-except-load-balancer-source-ranges": "yes"}, {"loadBalancerSourceRanges": ["10.1.0.0/16"]})
	hit.path == ["spec", "loadBalancerSourceRanges"]
}

test_silent if {
	count(hits({"azure-load-balancer-internal": "true"}, {})) == 0
	count(hits({"azure-allowed-ip-ranges": "10.1.0.0/16"}, {})) == 0
	count(hits({"azure-load-balancer-internal": "True", "azure-allowed-ip-ranges": "10.1.0.0/16"}, {})) == 0
	count(hits({"azure-load-balancer-internal": "true", "azure-allowed-ip-ranges": "0.0.0.0/0"}, {})) == 0
	count(hits({"azure-load-balancer-internal": "true", "azure-allowed-ip-ranges": "10.1.0.0/16", "azure-deny-all-except-load-balancer-source-ranges": "True"}, {})) == 0

	# An invalid range makes the controller deny the rest.
	count(hits({"azure-load-balancer-internal": "true", "azure-allowed-ip-ranges": "10.1.0.0/16,x"}, {})) == 0
}
