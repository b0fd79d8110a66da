# METADATA
# title: Value of a private link service setting is not valid
# description: 'A private link service has 1 to 8 IP configurations (azure-pls-ip-configuration-ip-address-count, default 1) and no more static addresses than that, IPv4 only. Lists are separated by blanks: with a comma the whole text is one item. The Azure cloud controller or Azure refuses anything else.'
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/internal-lb
#   - ref: https://cloud-provider-azure.sigs.k8s.io/topics/pls-integration/
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: error
#   targets: [Service]
#   remediation: Write 1 to 8 for the count, at least as many as static addresses; IPv4 addresses; blanks between the items of a list.
#   since: 0.1.0
#   catalogue: 152
package aksnetlint.rules["pls-values"]

import data.aksnetlint.lib.exposure
import data.aksnetlint.lib.numbers
import data.aksnetlint.lib.pls
import data.aksnetlint.lib.service

# The count.
deny contains {
	"path": service.path(count_key),
	"message": sprintf("%s is %s: a private link service has %v to %v IP configurations", [service.full(count_key), service.quoted(value), pls.count_bounds.least, pls.count_bounds.most]),
} if {
	pls.wanted(svc)
	value := service.annotation(svc, count_key)
	not exposure.placeholder(value)
	not count_accepted
}

# A comma in a list.
deny contains object.union(
	{
		"path": service.path(key),
		"message": sprintf("%s is separated by blanks: with commas %s is one item", [service.full(key), service.quoted(comma_words[0])]),
	},
	fix(key, service.words(replace(value, ",", " "))),
) if {
	pls.wanted(svc)
	some key in pls.list_keys
	value := service.annotation(svc, key)
	not exposure.placeholder(value)
	comma_words := [word | some word in service.words(value); contains(word, ",")]
	count(comma_words) > 0
}

# fix(key, words): the patch that separates the items by blanks, where they then are right.
fix(key, words) := {"fix": [{"op": "replace", "path": service.pointer(key), "value": concat(" ", words)}]} if {
	not refused(key, words)
} else := {}

# Addresses that are wrong for another reason as well have no one right answer.
refused(key, words) if {
	key == address_key
	some word in words
	wrong(word)
}

refused(key, words) if {
	key == address_key
	not count(words) <= number
}

# An item that is no IPv4 address.
deny contains {
	"path": service.path(address_key),
	"message": sprintf("static address %s of the private link service is %s", [service.quoted(ip), wrong(ip)]),
} if {
	some ip in addresses
	wrong(ip)
}

# More addresses than configurations.
deny contains {
	"path": service.path(address_key),
	"message": sprintf("%v static addresses need as many IP configurations, %s is %v%s", [count(addresses), service.full(count_key), number, by_default]),
	"evidence": [sprintf("%v > %v", [count(addresses), number])],
} if {
	every ip in addresses {
		service.is_ipv4(ip)
	}
	in_bounds(number)
	count(addresses) > number
}

svc := input.resource

count_key := "azure-pls-ip-configuration-ip-address-count"

address_key := "azure-pls-ip-configuration-ip-address"

addresses := pls.static_ips(svc) if {
	pls.wanted(svc)
	value := service.annotation(svc, address_key)
	not exposure.placeholder(value)
	not contains(value, ",")
}

count_accepted if in_bounds(number)

number := pls.count_bounds["default"] if {
	not service.has_annotation(svc, count_key)
} else := numbers.int32(service.annotation(svc, count_key))

by_default := " (the default)" if {
	not service.has_annotation(svc, count_key)
} else := ""

in_bounds(value) if {
	value >= pls.count_bounds.least
	value <= pls.count_bounds.most
}

wrong(ip) := "no IP address" if {
	not service.is_ip(ip)
} else := "IPv6, and only IPv4 is supported" if {
	service.is_ipv6(ip)
}
