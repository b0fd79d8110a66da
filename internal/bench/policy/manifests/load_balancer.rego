package main

# The one rule that conftest judges manifests by.
deny contains message if {
	input.kind == "Service"
	input.spec.type == "LoadBalancer"
	not internal
	message := sprintf("Service %s has a public load balancer", [input.metadata.name])
}

internal if input.metadata.annotations["service.beta.kubernetes.io/azure-load-balancer-internal"] == "true"
