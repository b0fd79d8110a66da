package aksnetlint.rules["udr-conflicts_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["udr-conflicts"] as rule

hits(profile, pools) := result if {
	doc := fixture.input_for({"networkProfile": profile}, pools, {})
	result := {hit.message | some hit in rule.deny} with input as doc with data.settings as settings
}

settings := {"as_of": "2026-06-01"}

udr(changes) := object.union({"outboundType": "userDefinedRouting"}, changes)

test_profile if {
	hits(udr({"loadBalancerProfile": {"managedOutboundIPs": {"count": 1}}}), fixture.own_network) == {"loadBalancerProfile does not work with outboundType userDefinedRouting"}
}

test_node_public_ip if {
	hits(udr({}), {"edge": {"enableNodePublicIP": true}}) == {"pool edge gives its nodes public IPs, which does not work with outboundType userDefinedRouting"}
}

test_fine if {
	hits(udr({"loadBalancerProfile": null}), {"system": {"enableNodePublicIP": false}}) == set()
	hits(udr({"loadBalancerProfile": {}}), fixture.own_network) == set()
	hits({"loadBalancerProfile": {"managedOutboundIPs": {"count": 1}}}, {"system": {"enableNodePublicIP": true}}) == set()
}
