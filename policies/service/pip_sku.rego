# METADATA
# title: Public IP does not fit the load balancer
# description: The public IP that azure-pip-name names is declared in the template of the cluster. A Standard load balancer takes Standard public IPs only, and the Azure cloud controller looks for the name in the node resource group unless azure-load-balancer-resource-group says where else.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/static-ip
#   - ref: https://learn.microsoft.com/azure/load-balancer/skus
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: error
#   targets: [Service]
#   remediation: Make the public IP of SKU Standard, and name its resource group with service.beta.kubernetes.io/azure-load-balancer-resource-group.
#   since: 0.1.0
#   catalogue: 116
package aksnetlint.rules["pip-sku"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.service
import data.aksnetlint.lib.workspace

# The SKU of the public IP is not that of the load balancer.
deny contains {
	"path": service.path(key),
	"message": sprintf("public IP %s has SKU %s, but the cluster's load balancer is Standard and refuses it", [name, sku(address)]),
} if {
	standard_cluster
	some [key, name] in named
	some address in declared(name)
	lower(sku(address)) != "standard"
}

# The controller does not look where the public IP is.
deny contains {
	"path": service.path(key),
	"message": sprintf("public IP %s is in the resource group of the cluster, but the cloud controller looks for it in the node resource group", [name]),
} if {
	some [key, name] in named
	not service.annotation(svc, "azure-load-balancer-resource-group")
	some address in declared(name)
	workspace.resource_group(address.id) == workspace.resource_group(cluster.id)
}

svc := input.resource

cluster := input.workspace.cluster.resource

named contains [key, name] if {
	service.is_azure_lb(svc)
	not service.is_internal(svc)
	some key in ["azure-pip-name", "azure-pip-name-ipv6"]
	name := trim_space(service.annotation(svc, key))
	name != ""
}

# The load balancer is Standard unless the template says otherwise.
standard_cluster if {
	cluster
	not basic
}

basic if aks.word(cluster.properties.networkProfile.loadBalancerSku) == "basic"

# declared(name): the public IPs of that name in the cluster's deployment.
declared(name) := {address |
	some id in input.workspace.cluster.deployment.by_type["microsoft.network/publicipaddresses"]
	address := input.workspace.cluster.deployment.resources[id]
	aks.word(address.name) == lower(name)
}

# sku(address): Basic where the template says nothing, as in the API of public IPs.
sku(address) := address.sku.name if {
	is_string(address.sku.name)
} else := "Basic"
