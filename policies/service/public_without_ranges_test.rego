package aksnetlint.rules["public-without-ranges_test"]

import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["public-without-ranges"] as rule

# messages(annotations, spec): what the rule says of such a Service.
messages(annotations, spec) := {hit.message | some hit in hits(annotations, spec)}

hits(annotations, spec) := deny if {
	deny := rule.deny with input.resource as manifests.shaped(manifests.azure(annotations), spec)
}

test_open if every annotations in [{}, {"azure-load-balancer-internal": "false"}, {"azure-load-balancer-internal": "yes"}, {"azure-pip-name": "edge"}] {
	messages(annotations, {}) == {"Service shop/web is open to the whole Internet: it has neither source ranges nor service tags"}
}

test_silent if {
	every annotations in [
		{"azure-load-balancer-internal": "true"},
		{"azure-load-balancer-internal": "True"},
		{"azure-allowed-ip-ranges": "10.0.0.0/8"},
		{"azure-allowed-ip-ranges": ""},
		{"azure-allowed-service-tags": "AzureCloud"},
		{"azure-disable-load-balancer-nsg-rule": "True"},
		{"azure-load-balancer-internal": true},
	] {
		count(hits(annotations, {})) == 0
	}
	count(hits({}, {"loadBalancerSourceRanges": ["0.0.0.0/0"]})) == 0
	count(hits({}, {"loadBalancerClass": "tailscale"})) == 0
}
