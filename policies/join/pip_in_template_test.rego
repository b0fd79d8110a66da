package aksnetlint.rules["pip-in-template_test"]

import data.aksnetlint.lib.joined
import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["pip-in-template"] as rule

address(id, location) := {id: {"id": id, "type": "Microsoft.Network/publicIPAddresses", "name": "web-ip", "location": location, "properties": {}}}

web := "/subscriptions/s/resourcegroups/ips/providers/microsoft.network/publicipaddresses/web-ip"

hits(values, others) := hits_in(values, others, "/rg/Microsoft.ContainerService/managedClusters/shop", {"resourceGroup": "shop"})

# hits_in(values, others, id, context): the same for a cluster with that id.
hits_in(values, others, id, context) := {[hit.path[2], object.get(hit, "severity", "error"), hit.message] |
	cluster := joined.overlay({"system": {}}, others)
	placed := {"resource": object.union(cluster.resource, {"location": "westeurope", "id": id}), "deployment": object.union(object.remove(cluster.deployment, ["context"]), {"context": context})}
	some hit in rule.deny with input as joined.linked(manifests.balanced(manifests.azure(values)), placed)
}

name_key := "service.beta.kubernetes.io/azure-pip-name"

group_key := "service.beta.kubernetes.io/azure-load-balancer-resource-group"

test_region if hits({"azure-pip-name": "web-ip"}, address(web, "northeurope")) == {[name_key, "error", "public IP web-ip is in region northeurope, the cluster is in westeurope"]}

test_group if hits({"azure-pip-name": "web-ip", "azure-load-balancer-resource-group": "shop"}, address(web, "West Europe")) == {[group_key, "error", "azure-load-balancer-resource-group is shop, but the template declares public IP web-ip in resource group ips"]}

test_group_of_the_deployment if {
	own := replace(web, "/ips/", "/stand-in/")
	cluster := replace(own, "microsoft.network/publicipaddresses/web-ip", "microsoft.containerservice/managedclusters/shop")
	values := {"azure-pip-name": "web-ip", "azure-load-balancer-resource-group": "shop"}
	hits_in(values, address(own, "westeurope"), cluster, {}) == set()
	count(hits_in(values, address(web, "westeurope"), cluster, {})) == 1
	count(hits_in(values, address(own, "westeurope"), cluster, {"resourceGroup": "stand-in"})) == 1
}

test_other_name if hits({"azure-pip-name": "shop-ip"}, address(web, "westeurope")) == {[name_key, "note", "the template of the cluster declares web-ip, but no public IP shop-ip"]}

test_fine if {
	hits({"azure-pip-name": "web-ip", "azure-load-balancer-resource-group": "IPs"}, address(web, "westeurope")) == set()
	hits({"azure-pip-name": "shop-ip"}, {}) == set()
	hits({"azure-pip-name": "web-ip", "azure-load-balancer-resource-group": "shop"}, address(replace(web, "ips", "{resourcegroup}"), "westeurope")) == set()
	hits({"azure-pip-name": "${IP}"}, address(web, "westeurope")) == set()
}
