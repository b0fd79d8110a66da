package aksnetlint.rules["basic-lb-incompatible_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["basic-lb-incompatible"] as rule

hits(sku, profile, access, pools) := result if {
	doc := fixture.input_for({"networkProfile": object.union(profile, {"loadBalancerSku": sku}), "apiServerAccessProfile": access}, pools, {})
	result := {hit.message | some hit in rule.deny} with input as doc with data.settings as settings
}

settings := {"as_of": "2026-06-01"}

one := {"system": {}}

test_settings if {
	hits("basic", {}, {"authorizedIPRanges": ["203.0.113.0/24"]}, one) == {"authorized IP ranges need a Standard load balancer, loadBalancerSku is basic"}
	hits("basic", {}, {"enablePrivateCluster": true}, one) == {"a private cluster needs a Standard load balancer, loadBalancerSku is basic"}
	hits("Basic", {"outboundType": "userDefinedRouting"}, {}, one) == {"outboundType userDefinedRouting needs a Standard load balancer, loadBalancerSku is basic"}
	hits("basic", {}, {}, {"system": {"availabilityZones": ["1"]}}) == {"availability zones of pool system need a Standard load balancer, loadBalancerSku is basic"}
	hits("basic", {}, {}, {"system": {}, "user": {}}) == {"2 pools need a Standard load balancer, loadBalancerSku is basic"}
}

test_fine if {
	hits("basic", {"outboundType": "loadBalancer"}, {"authorizedIPRanges": []}, {"system": {"availabilityZones": []}}) == set()
	hits("standard", {"outboundType": "userDefinedRouting"}, {"enablePrivateCluster": true}, {"system": {"availabilityZones": ["1"]}, "user": {}}) == set()
}
