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
#   remediation: Write the addresses without masks, separated by commas, and leave none empty.
#   since: 0.1.0
#   catalogue: 119
package aksnetlint.rules["invalid-additional-public-ip"]

import data.aksnetlint.lib.exposure
import data.aksnetlint.lib.service

deny contains {
	"path": service.path(key),
	"message": sprintf("%s holds %s, which is no IP address: the controller stops with an error", [service.full(key), concat(", ", bad)]),
} if {
	service.is_azure_lb(input.resource)
	value := service.annotation(input.resource, key)
	not exposure.placeholder(value)
	bad := [json.marshal(item) | some item in service.items(value); not service.is_ip(item)]
	count(bad) > 0
}

key := "azure-additional-public-ips"
