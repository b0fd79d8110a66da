# METADATA
# title: Subnet is declared twice, differently
# description: A subnet that a virtual network declares inline and that is a resource of its own as well is written twice, and what the last one omits is removed. Which comes last is decided by dependencies. Route table, NAT gateway, network security group and address range are compared.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-resource-manager/templates/deployment-modes
#   - ref: https://learn.microsoft.com/azure/virtual-network/virtual-network-manage-subnet
# schemas:
#   - input: schema.arm
# custom:
#   severity: warning
#   targets: [Microsoft.Network/virtualNetworks/subnets]
#   remediation: Declare the subnet once, inline or as a resource of its own.
#   since: 0.1.0
#   catalogue: 311
package aksnetlint.rules["subnet-declared-twice"]

import data.aksnetlint.lib.aks

declarations := input.deployment.duplicates[lower(input.resource.id)]

# What is compared, in words.
properties := {
	"routeTable": "route table",
	"natGateway": "NAT gateway",
	"networkSecurityGroup": "network security group",
}

# Of two declarations the one that lacks the reference is told, whichever comes first.
deny contains {"path": ["properties", property], "message": message} if {
	some declaration in declarations
	some property, words in properties
	own := reference(input.resource, property)
	other := reference(declaration, property)
	own < other
	message := sprintf("subnet %s is declared twice, here with %s %s, elsewhere with %s: the last to be deployed wins", [
		aks.name(input.resource), words, shown(own), shown(other),
	])
}

deny contains {"path": ["properties", "addressPrefix"], "message": message} if {
	some declaration in declarations
	own := ranges(input.resource)
	other := ranges(declaration)
	own < other
	message := sprintf("subnet %s is declared twice, here with range %s, elsewhere with %s: the last to be deployed wins", [
		aks.name(input.resource), own, other,
	])
}

ranges(declaration) := concat(", ", sort(aks.subnet_ranges(declaration)))

reference(declaration, property) := aks.word(declaration.properties[property].id)

reference(declaration, property) := "" if not is_set(declaration, property)

is_set(declaration, property) if aks.word(declaration.properties[property].id)

shown("") := "none"

shown(id) := aks.last_segment(id) if id != ""
