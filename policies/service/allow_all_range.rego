# METADATA
# title: Source ranges allow every address
# description: 0.0.0.0/0 or ::/0 among the source ranges lets everybody in, whatever else stands beside it; so do ranges that together are all of a family, such as 0.0.0.0/1 and 128.0.0.0/1. On a public Service it is the same as no restriction. On an internal one it makes the controller write a security rule for sources in the Internet, which is a note.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/configure-load-balancer-standard#restrict-inbound-traffic-to-specific-ip-ranges
#   - ref: https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: warning
#   targets: [Service]
#   remediation: Name the ranges that need access.
#   since: 0.1.0
#   catalogue: 123
package aksnetlint.rules["allow-all-range"]

import data.aksnetlint.lib.cidr
import data.aksnetlint.lib.service
import data.aksnetlint.lib.sources

deny contains object.union(finding, severity) if {
	service.is_azure_lb(input.resource)
	some entry in sources.entries(input.resource)
	cidr.prefix_length(entry.text) == 0
	finding := {
		"path": entry.path,
		"message": sprintf("source range %s %s", [entry.text, consequence]),
	}
}

# No single range is everything, but all of them together are.
deny contains object.union(finding, severity) if {
	service.is_azure_lb(input.resource)
	entries := sources.entries(input.resource)
	not sources.everything(entries)
	sources.covers_all(entries)
	finding := {
		"path": sources.place(entries),
		"message": sprintf("the source ranges %s together are every address: this %s", [sources.listed(sources.valid(entries)), consequence]),
	}
}

consequence := sprintf("lets every source reach internal Service %s as far as security rules go", [service.name(input.resource)]) if {
	service.is_internal(input.resource)
} else := sprintf("lets the whole Internet reach Service %s", [service.name(input.resource)])

severity := {"severity": "note"} if {
	service.is_internal(input.resource)
} else := {}
