package aksnetlint.rules["agc-only_test"]

import data.aksnetlint.rules["agc-only"] as rule

ingress(spec) := {"resource": {"kind": "Ingress", "metadata": {"name": "shop"}, "spec": spec}}

gateway(class) := {"resource": {"kind": "Gateway", "metadata": {"name": "shop"}, "spec": {"gatewayClassName": class}}}

test_ingress if {
	count(rule.deny) == 1 with input as ingress({})
	count(rule.deny) == 1 with input as ingress({"ingressClassName": "nginx"})
	count(rule.deny) == 0 with input as ingress({"ingressClassName": "azure-alb-external"})
}

test_gateway if {
	count(rule.deny) == 1 with input as gateway("istio")
	count(rule.deny) == 0 with input as gateway("azure-alb-external")
}
