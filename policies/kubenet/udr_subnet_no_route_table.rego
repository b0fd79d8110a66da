# METADATA
# title: Subnet has no route table, and outboundType is userDefinedRouting
# description: With outboundType userDefinedRouting the nodes leave by the routes of their subnet, whatever the network plugin. AKS refuses the cluster where the subnet has no route table (ExistingRouteTableNotAssociatedWithSubnet).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/egress-outboundtype
#   - ref: https://learn.microsoft.com/azure/aks/egress-udr
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Set routeTable.id in the subnet to a table with a default route to the firewall or gateway.
#   since: 0.1.0
#   catalogue: 302
package aksnetlint.rules["udr-subnet-no-route-table"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.outbound

deny contains {"path": place.path, "resource": place.resource, "message": message} if {
	outbound.type(input.resource) == "userdefinedrouting"
	some id in aks.node_subnet_ids(input)
	subnet := input.deployment.resources[id]
	subnet.properties
	not aks.route_table_id(subnet)
	place := aks.subnet_place(input, id, ["properties", "routeTable"])
	message := sprintf("subnet %s has no route table, and outboundType is userDefinedRouting", [aks.name(subnet)])
}
