package aksnetlint.rules["pip-sku_test"]

import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["pip-sku"] as rule

address_id := "/subscriptions/s/resourceGroups/shop/providers/Microsoft.Network/publicIPAddresses/edge"

# cluster(sku, profile): a cluster with a public IP edge beside it.
cluster(sku, profile) := {
	"resource": {
		"id": "/subscriptions/s/resourceGroups/shop/providers/Microsoft.ContainerService/managedClusters/shop",
		"properties": {"networkProfile": profile},
	},
	"deployment": {
		"resources": {lower(address_id): object.union({"id": address_id, "name": "edge"}, sku)},
		"by_type": {"microsoft.network/publicipaddresses": [lower(address_id)]},
	},
}

standard := {"sku": {"name": "Standard"}}

hits(annotations, context) := hits if {
	hits := rule.deny with input as {"resource": manifests.balanced(manifests.azure(annotations)), "workspace": {"cluster": context}}
}

elsewhere := {"azure-pip-name": "Edge", "azure-load-balancer-resource-group": "shop"}

test_sku if {
	some hit in hits(elsewhere, cluster({"sku": {"name": "Basic"}}, {}))
	hit.message == "public IP Edge has SKU Basic, but the cluster's load balancer is Standard and refuses it"
	count(hits(elsewhere, cluster({}, {}))) == 1
}

test_resource_group if {
	some hit in hits({"azure-pip-name": "edge"}, cluster(standard, {}))
	contains(hit.message, "looks for it in the node resource group")
}

test_silent if {
	count(hits(elsewhere, cluster(standard, {}))) == 0
	count(hits(elsewhere, cluster({}, {"loadBalancerSku": "basic"}))) == 0
	count(hits({"azure-pip-name": "other"}, cluster({}, {}))) == 0
	count(hits({"azure-pip-name": "edge", "azure-load-balancer-internal": "true"}, cluster({}, {}))) == 0
	count(rule.deny) == 0 with input.resource as manifests.balanced(manifests.azure({"azure-pip-name": "edge"}))
}
