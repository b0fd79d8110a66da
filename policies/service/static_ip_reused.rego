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

deny contains object.union({"path": address.path}, verdict) if {
	service.is_azure_lb(svc)
	some address in service.addresses(svc)
	not exposure.placeholder(address.ip)
	some other in workspace.asking(input.workspace, address.ip)
	service.is_azure_lb(other)
	not workspace.same_name(svc, other)
	some taken in service.addresses(other)
	taken.ip == address.ip
	verdict := judge(address, other)
}

svc := input.resource

judge(address, other) := {
	"severity": severity,
	"message": sprintf("address %s and port %s are used by Service %s too: only one of the two gets the address", [address.ip, concat(", ", sort(shared)), service.name(other)]),
} if {
	shared := ends(svc) & ends(other)
	count(shared) > 0
} else := {
	"severity": "note",
	"message": sprintf("address %s is shared with Service %s, on other ports", [address.ip, service.name(other)]),
}

# Without a cluster that both belong to, the manifests may be meant for two clusters.
default severity := "warning"

severity := "error" if input.workspace.cluster

ends(other) := {sprintf("%v/%s", [port.port, service.protocol(port)]) | some port in service.ports(other)}
