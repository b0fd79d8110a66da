# METADATA
# title: Static address used twice
# description: Two Services ask for the same address. They can share it as long as no port and protocol are the same; with the same port the second Service never gets its address. A note where the ports differ.
# related_resources:
#   - ref: https://cloud-provider-azure.sigs.k8s.io/topics/shared-ip/
#   - ref: https://learn.microsoft.com/azure/aks/static-ip
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: error
#   targets: [Service]
#   remediation: Use different ports, or another address.
#   since: 0.1.0
#   catalogue: 117
package aksnetlint.rules["static-ip-reused"]

import data.aksnetlint.lib.exposure
import data.aksnetlint.lib.service
import data.aksnetlint.lib.workspace

deny contains {
	"path": address.path,
	"severity": severity,
	"message": sprintf("address %s and port %s are used by Service %s too: only one of the two gets the address", [address.ip, concat(", ", sort(shared)), service.name(other)]),
} if {
	some address in addresses
	some other in asking(address.ip)
	shared := ends(svc) & ends(other)
	count(shared) > 0
}

# Sharing an address is supported, and said once.
deny contains {
	"path": address.path,
	"severity": "note",
	"message": sprintf("address %s is shared with %s, on other ports", [address.ip, listed(names)]),
} if {
	some address in addresses
	names := {service.name(other) |
		some other in asking(address.ip)
		count(ends(svc) & ends(other)) == 0
	}
	count(names) > 0
}

svc := input.resource

addresses := {address |
	service.is_azure_lb(svc)
	some address in service.addresses(svc)
	not exposure.placeholder(address.ip)
}

# asking(ip): the other Services that get the address.
asking(ip) := {other |
	some other in workspace.asking(input.workspace, ip)
	service.is_azure_lb(other)
	not workspace.same_name(svc, other)
	some taken in service.addresses(other)
	taken.ip == ip
}

most_listed := 3

listed(names) := sprintf("Service %s", [concat(", ", names)]) if count(names) == 1

listed(names) := sprintf("Services %s", [concat(", ", names)]) if count(names) in numbers.range(2, most_listed)

listed(names) := sprintf("Services %s and %v more", [concat(", ", array.slice(sort(names), 0, most_listed)), count(names) - most_listed]) if {
	count(names) > most_listed
}

# Without a cluster that both belong to, the manifests may be meant for two clusters.
default severity := "warning"

severity := "error" if input.workspace.cluster

ends(other) := {sprintf("%v/%s", [port.port, service.protocol(port)]) | some port in service.ports(other)}
