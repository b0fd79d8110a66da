# METADATA
# title: Node subnet has no room for the surge nodes of an upgrade
# description: An upgrade adds surge nodes to each pool before it drains the old ones, and they take addresses of the subnet like any other. maxSurge decides how many; where it is omitted AKS takes 10 % of the nodes (one node before Kubernetes 1.32), rounded up. A subnet that just holds the pools lets the cluster be created and the upgrade fail. It is an error where even the nodes at deployment leave no room, a warning where only pools scaled up to maxCount do.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/upgrade-aks-node-pools-rolling
#   - ref: https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning
# schemas:
#   - input: schema.arm
# custom:
#   severity: warning
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Give the subnet a shorter prefix, lower maxSurge, or set maxSurge 0 with maxUnavailable on user pools.
#   since: 0.1.0
#   catalogue: 201
package aksnetlint.rules["subnet-no-room-to-upgrade"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.sizing

deny contains finding(id, "upgrade_now", "error") if {
	some id in fitting_subnets
	sizing.lacks(input, id, "upgrade_now", sizing.ip_model)
}

deny contains finding(id, "upgrade", "warning") if {
	some id in fitting_subnets
	not sizing.lacks(input, id, "upgrade_now", sizing.ip_model)
	sizing.lacks(input, id, "upgrade", sizing.ip_model)
}

# What does not even fit without surge nodes is subnet-too-small.
fitting_subnets contains id if {
	some id in aks.node_subnet_ids(input)
	not sizing.lacks(input, id, "full", sizing.ip_model)
}

finding(id, stage, severity) := {
	"path": place.path,
	"resource": place.resource,
	"severity": severity,
	"message": sprintf("subnet %s has no room for an upgrade: %s", [aks.name(subnet), sizing.message(input, id, stage, sizing.ip_model)]),
	"evidence": sizing.evidence(sizing.demands(input, id), stage, sizing.ip_model, subnet),
} if {
	subnet := input.deployment.resources[id]
	place := sizing.place(input, id)
}
