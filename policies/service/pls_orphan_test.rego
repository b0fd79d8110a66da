package aksnetlint.rules["pls-orphan_test"]

import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["pls-orphan"] as rule

# messages(annotations, spec): what the rule says of such a Service.
messages(annotations, spec) := {hit.message | some hit in hits(annotations, spec)}

hits(annotations, spec) := deny if {
	deny := rule.deny with input.resource as manifests.shaped(manifests.azure(annotations), spec)
}

test_orphans if {
	some hit in hits({"azure-pls-name": "shop"}, {})
	hit.message == "service.beta.kubernetes.io/azure-pls-name is ignored: service.beta.kubernetes.io/azure-pls-create is not set"
	hit.fix == [{"op": "remove", "path": "/metadata/annotations/service.beta.kubernetes.io~1azure-pls-name"}]
	count(hits({"azure-pls-name": "shop", "azure-pls-visibility": "*", "azure-pls-create": "yes"}, {})) == 2
	some message in messages({"azure-pls-fqdns": "shop.example", "azure-pls-create": "yes"}, {})
	endswith(message, `azure-pls-create is "yes", not "true"`)
}

test_silent if {
	count(hits({"azure-pls-name": "shop", "azure-pls-create": " TRUE "}, {})) == 0
	count(hits({"azure-pls-create": "false"}, {})) == 0
	count(hits({"azure-pls-name": "shop"}, {"type": "ClusterIP"})) == 0
}
