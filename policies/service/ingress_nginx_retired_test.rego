package aksnetlint.rules["ingress-nginx-retired_test"]

import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["ingress-nginx-retired"] as rule

hits(resource, day) := hits if hits := rule.deny with input.resource as resource with data.settings.as_of as day

test_release if {
	some hit in hits(manifests.release("ingress-nginx", {}), "2026-01-01")
	hit.message == "maintenance of ingress-nginx ends on 2026-03-31"
	hit.path == ["spec", "chart", "spec", "chart"]
}

test_application if {
	some hit in hits(manifests.application({"chart": "ingress-nginx"}), "2026-11-01")
	hit.message == "maintenance of ingress-nginx ended on 2026-03-31"
	hit.path == ["spec", "source", "chart"]
}

test_controller if {
	some hit in hits({"kind": "NginxIngressController"}, "2026-11-01")
	endswith(hit.message, "ends on 2026-11-30")
}

test_silent if count(hits(manifests.release("contour", {}), "2026-11-01")) == 0
