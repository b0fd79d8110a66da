# METADATA
# title: Public IP is declared for another place
# description: The public IP that azure-pip-name names is declared in the template of the cluster, but in another region than the cluster, or in another resource group than azure-load-balancer-resource-group says, so that the controller cannot use or find it. A note where the template declares public IPs, but none of that name. SKU and missing resource group are judged by pip-sku. The rule needs the cluster of the Service.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/static-ip
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: error
#   targets: [Service]
#   remediation: Declare the public IP in the region of the cluster, and name its resource group in azure-load-balancer-resource-group.
#   since: 0.1.0
#   catalogue: 712
package aksnetlint.rules["pip-in-template"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.exposure
import data.aksnetlint.lib.service
import data.aksnetlint.lib.workspace

deny contains {
	"path": service.path(key),
	"message": sprintf("public IP %s is in region %s, the cluster is in %s", [name, address.location, cluster.resource.location]),
} if {
	some [key, name] in named
	some address in declared(name)
	region(address.location) != region(cluster.resource.location)
}

deny contains {
	"path": service.path(group_key),
	"message": sprintf("azure-load-balancer-resource-group is %s, but the template declares public IP %s in resource group %s", [written, name, group]),
} if {
	some [_, name] in named
	written := trim_space(service.annotation(svc, group_key))
	written != ""
	not exposure.placeholder(written)
	some address in declared(name)
	group := workspace.resource_group(address.id)
	not contains(group, "{")
	is_known(group)
	lower(written) != group
}

deny contains {
	"path": service.path(key),
	"severity": "note",
	"message": sprintf("the template of the cluster declares %s, but no public IP %s", [concat(", ", sort({aks.name(address) | some address in public_ips})), name]),
} if {
	some [key, name] in named
	count(public_ips) > 0
	count(declared(name)) == 0
}

svc := input.resource

cluster := input.workspace.cluster

group_key := "azure-load-balancer-resource-group"

named contains [key, name] if {
	service.is_azure_lb(svc)
	not service.is_internal(svc)
	some key in ["azure-pip-name", "azure-pip-name-ipv6"]
	name := trim_space(service.annotation(svc, key))
	name != ""
	not exposure.placeholder(name)
}

public_ips contains cluster.deployment.resources[id] if {
	some id in cluster.deployment.by_type["microsoft.network/publicipaddresses"]
}

declared(name) := {address | some address in public_ips; lower(aks.name(address)) == lower(name)}

# is_known(group): it is not the group of the deployment, or that is known.
is_known(group) if group != workspace.resource_group(cluster.resource.id)

is_known(_) if is_string(cluster.deployment.context.resourceGroup)

# region(location): West Europe is westeurope.
region(location) := replace(lower(location), " ", "")
