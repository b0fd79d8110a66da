# METADATA
# title: DNS label of the public IP
# description: azure-dns-label-name becomes the label of the public IP address. Azure takes 3 to 63 lower-case letters, digits and hyphens, beginning with a letter and ending with a letter or digit. An empty value removes the label. A public IP has one label, so that Services which share the IP must not ask for two.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/static-ip
#   - ref: https://cloud-provider-azure.sigs.k8s.io/topics/shared-ip/
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: error
#   targets: [Service]
#   remediation: Use a label of 3 to 63 lower-case letters, digits and hyphens, on one of the Services that share the public IP.
#   since: 0.1.0
#   catalogue: 146
package aksnetlint.rules["dns-label-format"]

import data.aksnetlint.lib.exposure
import data.aksnetlint.lib.service
import data.aksnetlint.lib.workspace

# The text is no label.
deny contains {
	"path": service.path(key),
	"message": sprintf("%s is no DNS label: Azure takes 3 to 63 lower-case letters, digits and hyphens, the first a letter, the last no hyphen", [service.quoted(label)]),
} if {
	applies
	not regex.match(`^[a-z][a-z0-9-]{1,61}[a-z0-9]$`, label)
}

# Another Service gives the same public IP another label.
deny contains {
	"path": service.path(key),
	"message": sprintf("public IP %s has one DNS label: Services %s and %s ask for %s and %s", [pip(input.resource), service.name(input.resource), service.name(other), label, theirs]),
} if {
	applies
	some other in workspace.asking(input.workspace, pip(input.resource))
	not workspace.same_name(other, input.resource)
	service.is_azure_lb(other)
	not service.is_internal(other)
	pip(other) == pip(input.resource)
	group(other) == group(input.resource)
	theirs := service.annotation(other, key)
	theirs != ""
	lower(theirs) != lower(label)
}

key := "azure-dns-label-name"

label := service.annotation(input.resource, key)

applies if {
	service.is_azure_lb(input.resource)
	not service.is_internal(input.resource)
	label != ""
	not exposure.placeholder(label)
}

# pip(svc), group(svc): the public IP asked for by name, and its resource group, in lower case.
pip(svc) := name if {
	name := lower(service.annotation(svc, "azure-pip-name"))
	name != ""
}

group(svc) := name if {
	name := lower(trim_space(service.annotation(svc, "azure-load-balancer-resource-group")))
} else := ""
