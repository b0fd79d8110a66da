package aksnetlint.rules["wrong-field-loadbalancerip_test"]

import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["wrong-field-loadbalancerip"] as rule

hits(spec) := hits if hits := rule.deny with input.resource as manifests.shaped({}, spec)

test_spelling if {
	some hit in hits({"loadBalancerIp": "10.1.0.9"})
	hit.message == "spec.loadBalancerIp is no field of a Service and is refused or dropped: it is written loadBalancerIP"
	hit.fix == [{"op": "move", "from": "/spec/loadBalancerIp", "path": "/spec/loadBalancerIP"}]
	count(hits({"loadbalancerSourceRanges": ["10.0.0.0/8"]})) == 1
}

test_both if {
	every hit in hits({"loadBalancerIp": "10.1.0.9", "loadBalancerIP": "10.1.0.9"}) {
		not hit.fix
	}
}

test_silent if count(hits({"loadBalancerIP": "10.1.0.9", "externalTrafficPolicy": "Local"})) == 0
