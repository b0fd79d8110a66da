# METADATA
# title: Subnet of a kubenet cluster has no route table
# description: In kubenet the pods of different nodes reach each other by a route table on the subnet. Where the subnet has none, AKS makes one and attaches it, so a first deployment works. The next deployment of a template that declares the subnet without routeTable resets the property and detaches the table, and pods lose the traffic between nodes. With the setting first_deploy_only this is a warning.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/configure-kubenet
#   - ref: https://learn.microsoft.com/azure/azure-resource-manager/templates/deployment-modes
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Declare a Microsoft.Network/routeTables, reference it in the subnet, and give the cluster a user-assigned identity with Network Contributor on both; or use Azure CNI Overlay, which needs no routes.
#   since: 0.1.0
#   catalogue: 300
package aksnetlint.rules["kubenet-subnet-without-route-table"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.outbound

deny contains {"path": ["properties", "routeTable"], "resource": id, "message": message, "severity": severity} if {
	aks.is_kubenet(input.resource)
	outbound.type(input.resource) != "userdefinedrouting"
	some id in aks.node_subnet_ids(input)
	subnet := input.deployment.resources[id]
	not aks.is_existing(subnet)
	not aks.route_table_id(subnet)
	message := sprintf("subnet %s of a kubenet cluster declares no route table: deploying the template again detaches the one that AKS attached, and pods lose the traffic between nodes", [aks.name(subnet)])
}

severity := "warning" if {
	data.settings.first_deploy_only == true
} else := "error"
