package aksnetlint.rules["nginx-chart-external-still-public_test"]

import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["nginx-chart-external-still-public"] as rule

hits(resource, allow) := hits if {
	hits := rule.deny with input.resource as resource with data.params["nginx-chart-external-still-public"] as {"allow": allow}
}

inner := {"enabled": true, "annotations": manifests.internal}

# values(service): values with these values of the Service beside the internal one.
values(service) := {"controller": {"service": object.union({"internal": inner}, service)}}

test_release if {
	some hit in hits(manifests.release("ingress-nginx", values({})), [])
	hit.severity == "error"
	hit.path == ["spec", "values", "controller", "service", "internal", "enabled"]
}

test_file if {
	some hit in hits(values({"external": {"labels": {}}}), [])
	hit.severity == "warning"
}

test_more_values if {
	some hit in hits(object.union(manifests.release("ingress-nginx", values({})), {"spec": {"valuesFrom": [{"name": "more"}]}}), [])
	hit.severity == "warning"
}

test_silent if {
	every service in [
		{"external": {"enabled": false}},
		{"annotations": manifests.internal},
		{"annotations": manifests.azure({"azure-load-balancer-internal": "false"})},
		{"annotations": {"aksnetlint.io/allow-public": "partners"}},
		{"internal": {"enabled": false}},
		{"type": "ClusterIP"},
	] {
		count(hits(manifests.release("ingress-nginx", values(service)), [])) == 0
	}
	count(hits(manifests.release("ingress-nginx", values({})), ["default/ingress"])) == 0
	count(hits(manifests.release("other", values({})), [])) == 0
}
