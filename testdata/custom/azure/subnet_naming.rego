# METADATA
# title: Name of a subnet breaks the convention
# description: Subnets are called snet-purpose in lower case; Azure prescribes a few names of its own.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/cloud-adoption-framework/ready/azure-best-practices/resource-abbreviations
# custom:
#   severity: note
#   targets: [Microsoft.Network/virtualNetworks/subnets]
#   remediation: "Name the subnet snet-purpose."
package aksnetlint.rules["subnet-naming"]

import data.aksnetlint.lib.aks

prescribed := {"AzureFirewallSubnet", "AzureBastionSubnet", "GatewaySubnet", "RouteServerSubnet"}

deny contains {"path": ["name"], "message": message} if {
	name := aks.last_segment(input.resource.name)
	not name in prescribed
	not regex.match(`^snet-[a-z0-9-]+$`, name)
	message := sprintf("subnet %s is not called snet-purpose", [name])
}
