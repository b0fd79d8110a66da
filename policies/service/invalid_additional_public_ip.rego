# METADATA
# title: Additional public IP is no address
# description: azure-additional-public-ips lists addresses, separated by commas, for which the Azure cloud controller writes the same security rules as for the address of the load balancer. One item that is no address makes the controller stop with an error, and the Service gets no security rules.
# related_resources:
#   - ref: https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: error
#   targets: [Service]
#   remediation: Write the addresses without masks, separated by commas without blanks, and leave none empty.
#   since: 0.1.0
#   catalogue: 119
package aksnetlint.rules["invalid-additional-public-ip"]

import data.aksnetlint.lib.exposure
import data.aksnetlint.lib.service

deny contains {
	"path": service.path(key),
	"message": sprintf("%s holds %s, which is no IP address: the controller stops with an error", [service.full(key), concat(", ", bad)]),
} if {
	readable
	bad := [service.quoted(item) | some item in items; trim_space(item) != ""; not service.is_ip(trim_space(item))]
	count(bad) > 0
}

# The controller is not known to forgive these.
deny contains {
	"path": service.path(key),
	"severity": "warning",
	"message": sprintf("%s has an empty item or blanks around one, which the controller may not accept", [service.full(key)]),
} if {
	readable
	some item in items
	not service.is_ip(item)
	trim_space(item) in (addresses | {""})
}

key := "azure-additional-public-ips"

# The controller only trims the whole value before it splits it.
items := split(trim_space(service.annotation(input.resource, key)), ",")

addresses := {text | some item in items; text := trim_space(item); service.is_ip(text)}

readable if {
	service.is_azure_lb(input.resource)
	value := service.annotation(input.resource, key)
	not exposure.placeholder(value)
}
