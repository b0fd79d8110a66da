# METADATA
# title: Address of the private link service is not in its subnet
# description: The fixed addresses of a private link service (azure-pls-ip-configuration-ip-address) must be of its subnet - that of azure-pls-ip-configuration-subnet, else of azure-load-balancer-internal-subnet, else of the nodes - and not among the first four or the last, which Azure keeps. Clusters that support no private link service at all are judged by pls-unsupported. The rule needs the cluster of the Service.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/internal-lb
#   - ref: https://cloud-provider-azure.sigs.k8s.io/topics/pls-integration/
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: error
#   targets: [Service]
#   remediation: Use free addresses of the subnet, or leave the annotation out.
#   since: 0.1.0
#   catalogue: 708
package aksnetlint.rules["pls-vs-cluster"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.cidr
import data.aksnetlint.lib.join
import data.aksnetlint.lib.pls
import data.aksnetlint.lib.service

deny contains {
	"path": service.path(key),
	"message": sprintf("the private link service asks for %s, which is not in %s", [ip, join.subnet_words(cluster, ids)]),
} if {
	some ip in addresses
	count(ids) > 0
	every id in ids {
		join.sized(cluster, id)
		not join.holds(cluster, id, ip)
	}
}

deny contains {
	"path": service.path(key),
	"message": sprintf("the private link service asks for %s, which Azure keeps for itself in %s", [ip, join.subnet_words(cluster, {id})]),
} if {
	some ip in addresses
	some id in ids
	some prefix in aks.subnet_ranges(cluster.deployment.resources[id])
	cidr.covers(prefix, ip)
	join.is_kept(prefix, ip)
}

key := "azure-pls-ip-configuration-ip-address"

cluster := input.workspace.cluster

addresses contains ip if {
	pls.wanted(input.resource)
	some ip in pls.static_ips(input.resource)
	service.is_ipv4(ip)
}

# The subnets that the private link service may be in.
ids := join.ids_of(cluster, chosen.name) if {
	chosen := pls.subnet(input.resource)
	join.is_name(chosen.name)
}

ids := aks.node_subnet_ids(cluster) if not pls.subnet(input.resource)
