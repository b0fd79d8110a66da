# METADATA
# title: Security group keeps clients from an internal load balancer
# description: Traffic to an internal load balancer arrives at the nodes with the port of the Service, and the network security group of the nodes' subnet judges it there. AKS writes no rules into a security group that is yours. A rule that denies the port to the virtual network, and that no allowing rule goes before, makes the Service unreachable. The rule needs the cluster of the Service.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/internal-lb
#   - ref: https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: note
#   targets: [Service]
#   remediation: Allow the ports of the Service in the security group of the nodes' subnet, before the rule that denies.
#   since: 0.1.0
#   catalogue: 707
package aksnetlint.rules["internal-lb-firewall"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.join
import data.aksnetlint.lib.security_group
import data.aksnetlint.lib.service
import data.aksnetlint.lib.workspace

deny contains {
	"path": ["spec", "ports", i, "port"],
	"message": sprintf("security rule %s of the nodes' subnet %s denies port %v to the virtual network (%s)", [denying, aks.last_segment(id), port.port, source]),
} if {
	join.gets_private_frontend(input.resource)
	some id in aks.node_subnet_ids(cluster)
	group := aks.word(cluster.deployment.resources[id].properties.networkSecurityGroup.id)
	some source in workspace.networks(cluster)
	some i, port in service.ports(input.resource)
	is_number(port.port)
	service.protocol(port) == "TCP"
	denying := security_group.denies(cluster, group, port.port, source)
}

cluster := input.workspace.cluster
