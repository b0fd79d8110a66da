package aksnetlint.rules["source-ranges-conflict_test"]

import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["source-ranges-conflict"] as rule

# messages(annotations, spec): what the rule says of such a Service.
messages(annotations, spec) := {hit.message | some hit in hits(annotations, spec)}

hits(annotations, spec) := deny if {
	deny := rule.deny with input.resource as manifests.shaped(manifests.azure(annotations), spec)
}

test_annotation_and_spec if {
	ranges := ["203.0.113.0/24"]
	some hit in hits({"azure-allowed-ip-ranges": "10.0.0.0/8,10.1.0.0/16"}, {"loadBalancerSourceRanges": ranges})
	hit.path == ["metadata", "annotations", "service.beta.kubernetes.io/azure-allowed-ip-ranges"]
	hit.message == "service.beta.kubernetes.io/azure-allowed-ip-ranges and spec.loadBalancerSourceRanges both hold ranges (10.0.0.0/8 and 203.0.113.0/24): the controller refuses Service shop/web"
	count(hits({"azure-allowed-ip-ranges": "10.0.0.0/8", "load-balancer-source-ranges": "10.0.0.0/8"}, {"loadBalancerSourceRanges": ranges})) == 2
}

# The controller compares the valid ranges only.
test_silent if {
	count(hits({"azure-allowed-ip-ranges": "10.0.0.1/8"}, {"loadBalancerSourceRanges": ["203.0.113.0/24"]})) == 0
	count(hits({"azure-allowed-ip-ranges": "10.0.0.0/8"}, {"loadBalancerSourceRanges": ["203.0.113.1/24"]})) == 0
	count(hits({"azure-allowed-ip-ranges": "10.0.0.0/8", "load-balancer-source-ranges": "10.1.0.0/16"}, {})) == 0
	count(hits({"azure-allowed-ip-ranges": "10.0.0.0/8"}, {"loadBalancerSourceRanges": []})) == 0
	count(hits({"azure-allowed-ip-ranges": "10.0.0.0/8"}, {"loadBalancerSourceRanges": ["203.0.113.0/24"], "loadBalancerClass": "x"})) == 0
}
