package aksnetlint.rules["allow-all-range_test"]

import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["allow-all-range"] as rule

# messages(annotations, spec): what the rule says of such a Service.
messages(annotations, spec) := {hit.message | some hit in hits(annotations, spec)}

hits(annotations, spec) := deny if {
	deny := rule.deny with input.resource as manifests.shaped(manifests.azure(annotations), spec)
}

test_public if every range in ["0.0.0.0/0", "::/0", " 0.0.0.0/0 "] {
	some hit in hits({}, {"loadBalancerSourceRanges": ["10.0.0.0/8", range]})
	hit.path == ["spec", "loadBalancerSourceRanges", 1]
	hit.message == sprintf("source range %s lets the whole Internet reach Service shop/web", [trim_space(range)])
	not hit.severity
}

test_internal if {
	some hit in hits({"azure-load-balancer-internal": "true", "azure-allowed-ip-ranges": "0.0.0.0/0"}, {})
	hit.severity == "note"
	hit.message == "source range 0.0.0.0/0 lets every source reach internal Service shop/web as far as security rules go"
}

test_together if {
	some hit in hits({}, {"loadBalancerSourceRanges": ["0.0.0.0/1", "128.0.0.0/2", "192.0.0.0/2"]})
	hit.path == ["spec", "loadBalancerSourceRanges"]
	hit.message == "the source ranges 0.0.0.0/1, 128.0.0.0/2, 192.0.0.0/2 together are every address: this lets the whole Internet reach Service shop/web"
	some six in hits({"azure-allowed-ip-ranges": "::/1,8000::/1"}, {})
	six.path == ["metadata", "annotations", "service.beta.kubernetes.io/azure-allowed-ip-ranges"]
}

test_silent if {
	count(hits({}, {"loadBalancerSourceRanges": ["0.0.0.0/1", "::/1"]})) == 0
	count(hits({}, {"loadBalancerSourceRanges": ["0.0.0.0/1", "128.0.0.1/1"]})) == 0
	count(hits({}, {})) == 0
	count(hits({}, {"loadBalancerSourceRanges": ["0.0.0.0/0"], "loadBalancerClass": "x"})) == 0
}
