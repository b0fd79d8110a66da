# METADATA
# description: |
#   What a network security group denies. Only what is certain counts: a rule that denies
#   must cover the whole source, one that allows need only touch it. The default rules allow
#   the virtual network and the load balancer
#   (https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview).
package aksnetlint.lib.security_group

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.cidr

rule_type := "microsoft.network/networksecuritygroups/securityrules"

everything := {"*", "any", "0.0.0.0/0"}

# denies(context, group, port, source): the name of the rule of the group with that lower-cased
# id that keeps TCP from a source away from a port. source is a range of the virtual
# network or the tag azureloadbalancer.
denies(context, group, port, source) := aks.name(first) if {
	matching := [rule |
		some id in context.deployment.by_type[rule_type]
		startswith(id, concat("", [group, "/securityrules/"]))
		rule := context.deployment.resources[id]
		matches(rule.properties, port, source)
	]
	lowest := min([rule.properties.priority | some rule in matching])
	some first in matching
	first.properties.priority == lowest
	aks.word(first.properties.access) == "deny"
}

matches(properties, port, source) if {
	aks.word(properties.direction) == "inbound"
	aks.word(properties.protocol) in {"*", "tcp"}
	covers_port(properties, port)
	aks.word(properties.access) == "deny"
	covers_source(properties, source)
	aks.word(properties.destinationAddressPrefix) in (everything | {"virtualnetwork"})
}

matches(properties, port, source) if {
	aks.word(properties.direction) == "inbound"
	aks.word(properties.protocol) in {"*", "tcp"}
	covers_port(properties, port)
	aks.word(properties.access) == "allow"
	touches_source(properties, source)
}

listed(properties, one, many) := {text | text := properties[one]} | {text | some text in properties[many]}

covers_port(properties, port) if {
	some text in listed(properties, "destinationPortRange", "destinationPortRanges")
	in_port_range(text, port)
}

in_port_range("*", _)

in_port_range(text, port) if {
	regex.match(`^\d{1,5}(-\d{1,5})?$`, text)
	bounds := [to_number(part) | some part in split(text, "-")]
	min(bounds) <= port
	port <= max(bounds)
}

covers_source(properties, source) if {
	some text in listed(properties, "sourceAddressPrefix", "sourceAddressPrefixes")
	source_has(lower(text), source)
}

source_has(text, _) if text in everything

source_has(text, source) if text == source

source_has("virtualnetwork", source) if cidr.valid(source)

source_has(text, source) if cidr.covers(text, source)

touches_source(properties, source) if covers_source(properties, source)

touches_source(properties, source) if {
	some text in listed(properties, "sourceAddressPrefix", "sourceAddressPrefixes")
	cidr.overlaps(text, source)
}

touches_source(properties, _) if count(properties.sourceApplicationSecurityGroups) > 0
