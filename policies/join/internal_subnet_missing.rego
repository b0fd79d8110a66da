# METADATA
# title: Subnet of the load balancer does not exist
# description: The Azure cloud controller looks for the subnet that azure-load-balancer-internal-subnet, or azure-pls-ip-configuration-subnet, names in the virtual network of the cluster and nowhere else. Without it the Service stays without address (failed to get subnet). A warning where the template leaves the subnets of an existing network alone, and where AKS makes the virtual network. The rule needs the cluster of the Service, and the template of its network.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/internal-lb
#   - ref: https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: error
#   targets: [Service]
#   remediation: Name a subnet of the cluster's virtual network, or declare the subnet.
#   since: 0.1.0
#   catalogue: 701
package aksnetlint.rules["internal-subnet-missing"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.join
import data.aksnetlint.lib.outbound
import data.aksnetlint.lib.pls
import data.aksnetlint.lib.ranges
import data.aksnetlint.lib.service

deny contains {
	"path": service.path(key),
	"message": sprintf("virtual network %s has no subnet %s%s", [networks, name, there]),
	"evidence": [sprintf("its subnets: %s", [concat(", ", subnets)])],
} if {
	some key, name in names
	join.missing(cluster, name)
}

# The network may have subnets from elsewhere.
deny contains {
	"path": service.path(key),
	"severity": "warning",
	"message": sprintf("the templates declare no subnet %s in virtual network %s%s", [name, networks, there]),
} if {
	some key, name in names
	join.likely_missing(cluster, name)
}

# The network that AKS makes has one subnet, aks-subnet.
deny contains {
	"path": service.path(key),
	"severity": "warning",
	"message": sprintf("subnet %s is most likely missing: the pools name no subnet, so that AKS makes the virtual network, with one subnet %s", [name, managed_subnet]),
} if {
	some key, name in names
	outbound.managed_vnet(cluster)
	lower(name) != managed_subnet
}

managed_subnet := "aks-subnet"

cluster := input.workspace.cluster

# The subnets that the Service names, by annotation.
names[join.subnet_key] := join.named(input.resource)

names["azure-pls-ip-configuration-subnet"] := chosen.name if {
	pls.wanted(input.resource)
	chosen := pls.subnet(input.resource)
	chosen.key == "azure-pls-ip-configuration-subnet"
	join.is_name(chosen.name)
}

networks := concat(", ", sort({aks.last_segment(id) | some id in ranges.vnets(cluster)}))

subnets := sort({subnet.name | some subnet in ranges.vnet_subnets(cluster)})

there := sprintf(" (it has %s)", [concat(", ", subnets)]) if {
	count(subnets) > 0
	count(subnets) <= 8
} else := ""
