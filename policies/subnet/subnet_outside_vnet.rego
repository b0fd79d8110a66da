# METADATA
# title: Subnet is outside its virtual network or overlaps another
# description: A subnet's range must lie in one of the address ranges of its virtual network, and the subnets of a network must not overlap (NetcfgInvalidSubnet, NetcfgSubnetRangesOverlap). Azure refuses the deployment.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/virtual-network/virtual-network-manage-subnet
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.Network/virtualNetworks]
#   remediation: Correct the subnet's range, or add its range to the network's address space.
#   since: 0.1.0
#   catalogue: 219
package aksnetlint.rules["subnet-outside-vnet"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.cidr

subnet_type := "microsoft.network/virtualnetworks/subnets"

spaces := {space |
	some space in input.resource.properties.addressSpace.addressPrefixes
	cidr.valid(space)
}

# The ranges of the network's subnets.
ranges := [{"id": id, "name": aks.name(subnet), "cidr": range, "path": range_path(subnet, range)} |
	prefix := concat("", [lower(input.resource.id), "/subnets/"])
	some id in input.deployment.by_type[subnet_type]
	startswith(id, prefix)
	subnet := input.deployment.resources[id]
	some range in aks.subnet_ranges(subnet)
	cidr.valid(range)
]

range_path(subnet, range) := ["properties", "addressPrefix"] if subnet.properties.addressPrefix == range

range_path(subnet, range) := ["properties", "addressPrefixes", index] if {
	not has_prefix(subnet, range)
	index := min([i | some i, text in subnet.properties.addressPrefixes; text == range])
}

has_prefix(subnet, range) if subnet.properties.addressPrefix == range

deny contains {"path": range.path, "resource": range.id, "message": message} if {
	count(spaces) > 0
	some range in ranges
	not is_inside(range.cidr)
	message := sprintf("subnet %s (%s) is outside the address space of virtual network %s (%s)", [range.name, range.cidr, aks.name(input.resource), concat(", ", spaces)])
}

is_inside(range) if {
	some space in spaces
	cidr.covers(space, range)
}

# The IPv4 ranges by first address: of subnets that overlap, some stand next to each other.
ordered := sort([[cidr.first(range.cidr), i] | some i, range in ranges])

deny contains {"path": later.path, "resource": later.id, "message": message} if {
	some place, [_, index] in ordered
	later := ranges[index]
	earlier := ranges[ordered[place - 1][1]]
	earlier.id != later.id
	cidr.overlaps(earlier.cidr, later.cidr)
	message := sprintf("subnet %s (%s) overlaps subnet %s (%s)", [later.name, later.cidr, earlier.name, earlier.cidr])
}
