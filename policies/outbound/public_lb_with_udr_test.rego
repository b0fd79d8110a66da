package aksnetlint.rules["public-lb-with-udr_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["public-lb-with-udr"] as rule

hits(object_, profile) := result if {
	doc := {"resource": object_, "workspace": {"cluster": fixture.input_for({"networkProfile": profile}, {"system": {}}, {})}}
	result := {hit.message | some hit in rule.deny} with input as doc with data.settings as settings
}

settings := {"as_of": "2026-06-01"}

service(annotations) := {"kind": "Service", "metadata": {"annotations": annotations}, "spec": {"type": "LoadBalancer"}}

internal := {"service.beta.kubernetes.io/azure-load-balancer-internal": "true"}

test_user_defined_routing if {
	hits(service({}), {"outboundType": "userDefinedRouting"}) == {"public load balancer in a cluster with outboundType userDefinedRouting: answers leave through the route table's next hop, not the way the requests came"}
}

test_isolated if {
	hits(service({}), {"outboundType": "block"}) == {"public load balancer in a cluster with outboundType block, which is meant to be isolated from the internet"}
}

test_fine if {
	hits(service(internal), {"outboundType": "userDefinedRouting"}) == set()
	hits(service({}), {}) == set()
	hits({"kind": "Service", "spec": {}}, {"outboundType": "none"}) == set()
	count(rule.deny) == 0 with input as {"resource": service({})}
}
