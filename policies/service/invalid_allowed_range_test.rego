package aksnetlint.rules["invalid-allowed-range_test"]

import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["invalid-allowed-range"] as rule

# messages(annotations, spec): what the rule says of such a Service.
messages(annotations, spec) := {hit.message | some hit in hits(annotations, spec)}

hits(annotations, spec) := deny if {
	deny := rule.deny with input.resource as manifests.shaped(manifests.azure(annotations), spec)
}

test_spec if {
	some hit in hits({}, {"loadBalancerSourceRanges": ["10.0.0.0/8", "203.0.113.7/24"]})
	hit.path == ["spec", "loadBalancerSourceRanges", 1]
	hit.message == `source range "203.0.113.7/24" has host bits, the network is 203.0.113.0/24: the controller denies all traffic that no valid range allows`
	hit.fix == [{"op": "replace", "path": "/spec/loadBalancerSourceRanges/1", "value": "203.0.113.0/24"}]
}

test_spec_refused if {
	messages({}, {"loadBalancerSourceRanges": ["1.2.3.4", "", "home"]}) == {
		`source range "1.2.3.4" has no mask: the API server refuses the Service`,
		`source range "" is empty: the API server refuses the Service`,
		`source range "home" is no prefix: the API server refuses the Service`,
	}
}

test_annotation if {
	some hit in hits({"azure-allowed-ip-ranges": "10.0.0.1/24, 1.2.3.4"}, {})
	hit.path == ["metadata", "annotations", "service.beta.kubernetes.io/azure-allowed-ip-ranges"]
	hit.message == `in service.beta.kubernetes.io/azure-allowed-ip-ranges "10.0.0.1/24" has host bits, the network is 10.0.0.0/24, "1.2.3.4" has no mask: the controller denies all traffic that no valid range allows`
	hit.fix[0].value == "10.0.0.0/24,1.2.3.4/32"
}

test_fixes if every value, mended in {
	"10.0.0.0/8 192.168.0.0/16": "10.0.0.0/8,192.168.0.0/16",
	"10.0.0.0/8,": "10.0.0.0/8",
	"2001:db8::1/64": "2001:db8::/64",
	"2001:db8::1": "2001:db8::1/128",
	"2001:DB8:0:0::/64,10.0.0.1/8": "2001:DB8:0:0::/64,10.0.0.0/8",
} {
	some hit in hits({"load-balancer-source-ranges": value}, {})
	hit.fix[0].value == mended
}

test_no_fix if every value in ["", "home", "10.0.0.1/8,home"] {
	some hit in hits({"azure-allowed-ip-ranges": value}, {})
	not hit.fix
}

test_tags if every value in ["", "AzureCloud,", "AzureCloud, ,Internet"] {
	messages({"azure-allowed-service-tags": value}, {}) == {"service.beta.kubernetes.io/azure-allowed-service-tags holds an empty tag: the Internet is shut out as if a tag were named"}
}

test_silent if {
	count(hits({"azure-allowed-ip-ranges": " 10.0.0.0/8 , 2001:DB8:0:0::/64", "azure-allowed-service-tags": "AzureCloud"}, {})) == 0
	count(hits({}, {"loadBalancerSourceRanges": [" 10.0.0.0/8 ", "0.0.0.0/0", "::/0", "${RANGE}", "203.0.113.7/32"]})) == 0
	count(hits({"azure-allowed-ip-ranges": "{{ .Values.ranges }}"}, {})) == 0
	count(hits({"azure-allowed-ip-ranges": "x"}, {"type": "ClusterIP"})) == 0
}
