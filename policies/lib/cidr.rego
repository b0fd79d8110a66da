# METADATA
# description: |
#   Arithmetic with address ranges. All functions are undefined for text that is no range;
#   those with numbers are for IPv4 only, where an address is a number from 0 to 2^32 - 1.
package aksnetlint.lib.cidr

# Addresses that Azure keeps in every subnet: the first four and the last
# (https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq).
azure_reserved := 5

# The longest prefix that Azure accepts for a subnet (same source).
longest_subnet_prefix := 29

# Ranges that AKS clusters must not use for Services, pods or the virtual network
# (https://learn.microsoft.com/azure/aks/concepts-network-cni-overview).
reserved := {"169.254.0.0/16", "172.30.0.0/16", "172.31.0.0/16", "192.0.2.0/24"}

# RFC 1918, and the shared address space of RFC 6598.
rfc1918 := {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"}

shared_space := "100.64.0.0/10"

octet := "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"

address_pattern := sprintf(`^%s(\.%s){3}$`, [octet, octet])

range_pattern := sprintf(`^%s(\.%s){3}/(3[0-2]|[12]?[0-9])$`, [octet, octet])

# is_address(text): an IPv4 address without a mask.
is_address(text) if {
	is_string(text)
	regex.match(address_pattern, text)
}

# is_ipv4(text): an IPv4 range with its mask.
is_ipv4(text) if {
	is_string(text)
	regex.match(range_pattern, text)
}

# is_ipv6(text): an IPv6 range with its mask.
is_ipv6(text) if {
	is_string(text)
	contains(text, ":")
	net.cidr_is_valid(text)
}

# valid(text): an IPv4 or IPv6 range with its mask.
valid(text) if is_ipv4(text)

valid(text) if is_ipv6(text)

# prefix_length(range): the number behind the slash.
prefix_length(range) := to_number(split(range, "/")[1]) if valid(range)

# to_int(ip): an IPv4 address as a number.
to_int(ip) := (((octets[0] * 16777216) + (octets[1] * 65536)) + (octets[2] * 256)) + octets[3] if {
	is_address(ip)
	octets := [to_number(part) | some part in split(ip, ".")]
}

# from_int(number): the IPv4 address with that number.
from_int(number) := sprintf("%v.%v.%v.%v", [
	bits.rsh(number, 24) % 256,
	bits.rsh(number, 16) % 256,
	bits.rsh(number, 8) % 256,
	number % 256,
]) if {
	number >= 0
	number < 4294967296
}

# size(prefix): how many addresses an IPv4 range of that prefix length has.
size(prefix) := bits.lsh(1, 32 - prefix)

# usable(prefix): how many of them a subnet can give away.
usable(prefix) := max([0, size(prefix) - azure_reserved])

# first(range), last(range): its lowest and highest address as numbers; host bits do not count.
first(range) := number - (number % size(prefix_length(range))) if {
	is_ipv4(range)
	number := to_int(split(range, "/")[0])
}

last(range) := (first(range) + size(prefix_length(range))) - 1

# canonical(range): without host bits.
canonical(range) := sprintf("%s/%v", [from_int(first(range)), prefix_length(range)]) if is_ipv4(range)

canonical(range) := merged if {
	is_ipv6(range)
	some merged in net.cidr_merge([range])
}

# overlaps(a, b): they have an address in common; ranges of different families have none.
overlaps(a, b) if {
	valid(a)
	valid(b)
	net.cidr_intersects(a, b)
}

# covers(outer, inner): every address of inner, a range or one address, is in outer.
covers(outer, inner) if {
	valid(outer)
	valid(inner)
	net.cidr_contains(outer, inner)
}

covers(outer, inner) if {
	is_ipv4(outer)
	number := to_int(inner)
	number >= first(outer)
	number <= last(outer)
}

# is_private(range): all of it is RFC 1918 or shared address space.
is_private(range) if {
	some space in (rfc1918 | {shared_space})
	covers(space, range)
}

# smallest_subnet(addresses): the longest prefix of a subnet that has room for them.
smallest_subnet(addresses) := max({prefix |
	some prefix in numbers.range(1, longest_subnet_prefix)
	usable(prefix) >= addresses
})

# smallest_range(addresses): the longest prefix of a range without reserved addresses.
smallest_range(addresses) := max({prefix |
	some prefix in numbers.range(1, 32)
	size(prefix) >= addresses
})
