package aksnetlint.rules["pls-auto-approval-not-in-visibility_test"]

import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["pls-auto-approval-not-in-visibility"] as rule

# messages(annotations, spec): what the rule says of such a Service.
messages(annotations, spec) := {hit.message | some hit in hits(annotations, spec)}

hits(annotations, spec) := deny if {
	deny := rule.deny with input.resource as manifests.shaped(manifests.azure(annotations), spec)
}

one := "6f1c9d3a-0000-4000-8000-000000000001"

two := "6f1c9d3a-0000-4000-8000-000000000002"

linked(visibility, approval) := hits(object.union(visibility, {"azure-pls-auto-approval": approval, "azure-load-balancer-internal": "true", "azure-pls-create": "true"}), {})

test_missing if {
	some hit in linked({"azure-pls-visibility": one}, sprintf("%s %s", [one, two]))
	hit.path == ["metadata", "annotations", "service.beta.kubernetes.io/azure-pls-auto-approval"]
	hit.message == sprintf("service.beta.kubernetes.io/azure-pls-auto-approval approves %s automatically, which service.beta.kubernetes.io/azure-pls-visibility does not list", [two])
	not hit.severity
	count(linked({"azure-pls-visibility": one}, "*")) == 1
}

test_no_visibility if every visibility in [{}, {"azure-pls-visibility": " "}] {
	some hit in linked(visibility, one)
	hit.severity == "warning"
}

test_silent if {
	count(linked({"azure-pls-visibility": "*"}, one)) == 0
	count(linked({"azure-pls-visibility": sprintf("%s *", [one])}, two)) == 0
	count(linked({"azure-pls-visibility": upper(one)}, one)) == 0
	count(linked({"azure-pls-visibility": one}, "")) == 0
	count(linked({"azure-pls-visibility": "a,b"}, one)) == 0
	count(linked({"azure-pls-visibility": one}, "a,b")) == 0
	count(linked({"azure-pls-visibility": one}, "${SUBSCRIPTIONS}")) == 0
	count(hits({"azure-pls-auto-approval": one}, {})) == 0
}
