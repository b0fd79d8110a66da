package aksnetlint.rules["dns-ip_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["dns-ip"] as rule

messages(profile) := result if {
	doc := fixture.profile_input(fixture.overlay(profile))
	result := {hit.message | some hit in rule.deny} with input as doc
}

test_outside if {
	messages({"serviceCidr": "172.20.0.0/16", "dnsServiceIP": "172.21.0.10"}) == {"dnsServiceIP 172.21.0.10 is outside the service range 172.20.0.0/16"}
}

test_outside_the_default_range if {
	messages({"dnsServiceIP": "10.2.0.10"}) == {"dnsServiceIP 10.2.0.10 is outside the service range 10.0.0.0/16 (the default)"}
}

test_default_address_outside if {
	messages({"serviceCidr": "172.20.0.0/16"}) == {"dnsServiceIP is omitted, and its default 10.0.0.10 is outside the service range 172.20.0.0/16"}
}

test_taken_addresses if {
	messages({"serviceCidr": "172.20.0.0/24", "dnsServiceIP": "172.20.0.0"}) == {"dnsServiceIP 172.20.0.0 is the network address of the service range 172.20.0.0/24"}
	messages({"serviceCidr": "172.20.0.0/24", "dnsServiceIP": "172.20.0.1"}) == {"dnsServiceIP 172.20.0.1 is the first address, which belongs to the API server's service, of the service range 172.20.0.0/24"}
	messages({"serviceCidr": "172.20.0.0/24", "dnsServiceIP": "172.20.0.255"}) == {"dnsServiceIP 172.20.0.255 is the broadcast address of the service range 172.20.0.0/24"}
}

test_no_address if {
	messages({"dnsServiceIP": "10.0.0"}) == {"dnsServiceIP \"10.0.0\" is not an IP address"}
}

test_any_free_address if {
	messages({"serviceCidr": "172.20.0.0/28", "dnsServiceIP": "172.20.0.10"}) == set()
	messages({"serviceCidrs": ["172.20.0.0/16", "fd00::/108"], "dnsServiceIP": "172.20.3.77"}) == set()
	messages({"serviceCidr": "", "dnsServiceIP": ""}) == set()
	messages({}) == set()
}

test_ipv6_is_not_judged if {
	messages({"dnsServiceIP": "fd00::a"}) == set()
}

test_unreadable_range_is_not_judged if {
	messages({"serviceCidr": "172.20.0.0", "dnsServiceIP": "172.20.0.10"}) == set()
}
