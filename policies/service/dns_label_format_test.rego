package aksnetlint.rules["dns-label-format_test"]

import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["dns-label-format"] as rule

# messages(annotations, spec): what the rule says of such a Service.
messages(annotations, spec) := {hit.message | some hit in hits(annotations, spec)}

hits(annotations, spec) := deny if {
	deny := rule.deny with input.resource as manifests.shaped(manifests.azure(annotations), spec)
}

key := "azure-dns-label-name"

test_format if every label in ["Shop", "1shop", "ab", "shop-", "shop.example", " shop", concat("", ["a" | some _ in numbers.range(1, 64)])] {
	some hit in hits({key: label}, {})
	hit.path == ["metadata", "annotations", "service.beta.kubernetes.io/azure-dns-label-name"]
	startswith(hit.message, sprintf("%s is no DNS label", [json.marshal(label)]))
}

# beside(mine, other): the hits for Service shop/web beside Service shop/api.
beside(mine, other) := deny if {
	neighbour := object.union(manifests.balanced(manifests.azure(other)), {"metadata": {"name": "api"}})
	own := manifests.balanced(manifests.azure(mine))
	deny := rule.deny with input.resource as own with input.workspace.objects.Service as [own, neighbour]
}

test_two_labels if {
	some hit in beside({key: "shop", "azure-pip-name": "edge"}, {key: "api", "azure-pip-name": "Edge"})
	hit.message == "public IP edge has one DNS label: Services shop/web and shop/api ask for shop and api"
	group := {"azure-load-balancer-resource-group": "ips"}
	count(beside(object.union(group, {key: "shop", "azure-pip-name": "edge"}), object.union(group, {key: "api", "azure-pip-name": "edge"}))) == 1
}

test_one_label if {
	count(beside({key: "shop", "azure-pip-name": "edge"}, {key: "shop", "azure-pip-name": "edge"})) == 0
	count(beside({key: "shop", "azure-pip-name": "edge"}, {key: "", "azure-pip-name": "edge"})) == 0
	count(beside({key: "shop", "azure-pip-name": "edge"}, {key: "api", "azure-pip-name": "other"})) == 0
	count(beside({key: "shop", "azure-pip-name": "edge"}, {key: "api", "azure-pip-name": "edge", "azure-load-balancer-resource-group": "ips"})) == 0
	count(beside({key: "shop", "azure-pip-name": "edge"}, {key: "api", "azure-pip-name": "edge", "azure-load-balancer-internal": "true"})) == 0
	count(beside({key: "shop"}, {key: "api"})) == 0
}

test_silent if {
	every label in ["", "shop", "shop-api-2", "abc", "${LABEL}"] {
		count(hits({key: label}, {})) == 0
	}
	count(hits({key: "Shop", "azure-load-balancer-internal": "true"}, {})) == 0
}
