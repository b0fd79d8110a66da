package aksnetlint.rules["static-ip-reserved_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.lib.joined
import data.aksnetlint.rules["static-ip-reserved"] as rule

hits(ip) := {hit.message |
	gateway := fixture.resource("/rg/gw", "Microsoft.Network/applicationGateways", {"frontendIPConfigurations": [{"properties": {"privateIPAddress": "10.1.4.9", "subnet": {"id": joined.services_id}}}]})
	cluster := joined.overlay(fixture.own_network, object.union(joined.whole, gateway))
	svc := joined.internal({"azure-load-balancer-internal-subnet": "services"}, {"loadBalancerIP": ip})
	some hit in rule.deny with input as joined.linked(svc, cluster)
}

test_kept if {
	hits("10.1.4.3") == {"spec.loadBalancerIP asks for 10.1.4.3, which Azure keeps for itself: of subnet services (10.1.4.0/28) it can be 10.1.4.4 to 10.1.4.14"}
	hits("10.1.4.15") == {"spec.loadBalancerIP asks for 10.1.4.15, which Azure keeps for itself: of subnet services (10.1.4.0/28) it can be 10.1.4.4 to 10.1.4.14"}
}

test_ranges if {
	hits("10.0.3.4") == {"spec.loadBalancerIP asks for 10.0.3.4, which is in the service range 10.0.0.0/16 of the cluster"}
	hits("10.244.3.4") == {"spec.loadBalancerIP asks for 10.244.3.4, which is in the pod range 10.244.0.0/16 of the cluster"}
}

test_owned if hits("10.1.4.9") == {"spec.loadBalancerIP asks for 10.1.4.9, which application gateway gw has"}

test_fine if {
	hits("10.1.4.4") == set()
	hits("10.1.4.14") == set()
}
