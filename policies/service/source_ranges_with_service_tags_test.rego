package aksnetlint.rules["source-ranges-with-service-tags_test"]

import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["source-ranges-with-service-tags"] as rule

# messages(annotations, spec): what the rule says of such a Service.
messages(annotations, spec) := {hit.message | some hit in hits(annotations, spec)}

hits(annotations, spec) := deny if {
	deny := rule.deny with input.resource as manifests.shaped(manifests.azure(annotations), spec)
}

test_tags_and_spec if {
	messages({"azure-allowed-service-tags": "AzureCloud, AzureFrontDoor.Backend"}, {"loadBalancerSourceRanges": ["203.0.113.0/24"]}) == {"spec.loadBalancerSourceRanges (203.0.113.0/24) makes kube-proxy drop the traffic of the service tags AzureCloud, AzureFrontDoor.Backend"}
}

test_silent if {
	count(hits({"azure-allowed-service-tags": "AzureCloud", "azure-allowed-ip-ranges": "203.0.113.0/24"}, {})) == 0
	count(hits({"azure-allowed-service-tags": ""}, {"loadBalancerSourceRanges": ["203.0.113.0/24"]})) == 0
	count(hits({"azure-allowed-service-tags": "AzureCloud"}, {"loadBalancerSourceRanges": ["203.0.113.7/24"]})) == 0
	count(hits({}, {"loadBalancerSourceRanges": ["203.0.113.0/24"]})) == 0
}
