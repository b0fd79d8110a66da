# METADATA
# title: Range is not written as a network address
# description: A range of the cluster has bits set after its prefix (10.16.0.1/16), which old API versions accepted and which hides what the range is, or it is not a range at all because the prefix length is missing or the text cannot be read.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning
# schemas:
#   - input: schema.arm
# custom:
#   severity: warning
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Write the network address with its prefix length, for example 10.16.0.0/16.
#   since: 0.1.0
#   catalogue: 406
package aksnetlint.rules["cidr-not-canonical"]

import data.aksnetlint.lib.cidr
import data.aksnetlint.lib.ranges

deny contains {"path": range.path, "message": message, "fix": fix} if {
	some range in ranges.written(input.resource)
	cidr.valid(range.cidr)
	network := cidr.canonical(range.cidr)
	not same(network, range.cidr)
	message := sprintf("%s %s has bits set after the prefix; the range is %s", [range.name, range.cidr, network])
	fix := [{"op": "replace", "path": concat("", [sprintf("/%v", [step]) | some step in range.path]), "value": network}]
}

deny contains {"path": range.path, "message": message, "severity": "error"} if {
	some range in ranges.written(input.resource)
	not cidr.valid(range.cidr)
	message := sprintf("%s %q is not an address range: it must be a network address with a prefix length", [range.name, range.cidr])
}

same(a, b) if a == b

# The same IPv6 network can be written in several ways.
same(network, text) if {
	contains(text, ":")
	address := split(text, "/")[0]
	cidr.covers(network, sprintf("%s/128", [address]))
	cidr.canonical(sprintf("%s/128", [address])) == sprintf("%s/128", [split(network, "/")[0]])
}
