package aksnetlint.rules["public-only-in-edge_test"]

import data.aksnetlint.rules["public-only-in-edge"] as rule

service(namespace, annotations) := {"resource": {
	"metadata": {"name": "shop", "namespace": namespace, "annotations": annotations},
	"spec": {"type": "LoadBalancer"},
}}

internal := {"service.beta.kubernetes.io/azure-load-balancer-internal": "true"}

hits(doc) := n if n := count(rule.deny) with input as doc with data.params as {"public-only-in-edge": {"namespaces": ["edge"]}}

test_public if hits(service("shop", {})) == 1

test_edge if hits(service("edge", {})) == 0

test_internal if hits(service("shop", internal)) == 0
