package aksnetlint.lib.cidr_test

import data.aksnetlint.lib.cidr

test_valid if {
	every range in {"10.0.0.0/8", "0.0.0.0/0", "10.16.0.1/16", "192.0.2.7/32", "fd00::/64"} {
		cidr.valid(range)
	}
	every text in {"", "10.0.0.0", "10.0.0.0/33", "10.0.0/8", "010.0.0.0/8", "10.0.0.0/08", "x/8", "fd00::", " 10.0.0.0/8", 7, null, ["10.0.0.0/8"]} {
		not cidr.valid(text)
	}
}

test_prefix_length if {
	cidr.prefix_length("10.1.0.0/21") == 21
	cidr.prefix_length("fd00::/108") == 108
	not cidr.prefix_length("10.1.0.0")
	not cidr.prefix_length("10.1.0.0/x")
}

test_int if {
	cidr.to_int("0.0.0.0") == 0
	cidr.to_int("10.1.2.3") == 167838211
	cidr.to_int("255.255.255.255") == 4294967295
	not cidr.to_int("10.1.2")
	cidr.from_int(167838211) == "10.1.2.3"
	cidr.from_int(4294967295) == "255.255.255.255"
	not cidr.from_int(4294967296)
	not cidr.from_int(-1)
}

test_usable if {
	cidr.usable(24) == 251
	cidr.usable(28) == 11
	cidr.usable(16) == 65531
	cidr.usable(29) == 3
	cidr.usable(31) == 0
}

test_bounds if {
	cidr.from_int(cidr.first("10.16.0.1/16")) == "10.16.0.0"
	cidr.from_int(cidr.last("10.16.0.1/16")) == "10.16.255.255"
	cidr.first("0.0.0.0/0") == 0
	cidr.last("0.0.0.0/0") == 4294967295
	not cidr.first("fd00::/64")
}

test_canonical if {
	cidr.canonical("10.16.0.1/16") == "10.16.0.0/16"
	cidr.canonical("10.16.0.0/16") == "10.16.0.0/16"
	cidr.canonical("fd00::1/64") == "fd00::/64"
	not cidr.canonical("10.16.0.1")
}

test_overlaps if {
	cidr.overlaps("10.0.0.0/8", "10.1.0.0/16")
	cidr.overlaps("10.1.0.0/16", "10.0.0.0/8")
	not cidr.overlaps("10.0.0.0/16", "10.1.0.0/16")
	not cidr.overlaps("0.0.0.0/0", "fd00::/8")
	not cidr.overlaps("10.0.0.0/16", "nonsense")
}

test_covers if {
	cidr.covers("10.0.0.0/8", "10.1.0.0/16")
	cidr.covers("10.0.0.0/24", "10.0.0.255")
	not cidr.covers("10.0.0.0/24", "10.0.1.0")
	not cidr.covers("10.1.0.0/16", "10.0.0.0/8")
	not cidr.covers("nonsense", "10.0.0.0")
}

test_reserved if {
	"172.31.0.0/16" in cidr.reserved
}

test_is_private if {
	cidr.is_private("172.31.0.0/16")
	cidr.is_private("100.64.8.0/24")
	not cidr.is_private("172.10.0.0/16")
	not cidr.is_private("10.0.0.0/7")
}

test_smallest if {
	cidr.smallest_subnet(0) == 29
	cidr.smallest_subnet(251) == 24
	cidr.smallest_subnet(252) == 23
	cidr.smallest_subnet(1357) == 21
	not cidr.smallest_subnet(99999999999)
	cidr.smallest_range(256) == 24
	cidr.smallest_range(8448) == 18
}
