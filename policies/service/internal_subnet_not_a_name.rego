# METADATA
# title: Internal subnet is not a subnet name
# description: The Azure cloud controller takes the value of service.beta.kubernetes.io/azure-load-balancer-internal-subnet, as it stands, for the name of a subnet in the cluster's virtual network. A resource id, vnet/subnet, or a name with blanks around it names no subnet, and the Service never gets an address ("failed to get subnet"). A value of blanks alone means the default subnet.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/internal-lb#specify-a-different-subnet
#   - ref: https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: error
#   targets:
#     - Service
#     - gateway.networking.k8s.io/Gateway
#     - approuting.kubernetes.azure.com/NginxIngressController
#     - helm.toolkit.fluxcd.io/HelmRelease
#     - argoproj.io/Application
#     - install.istio.io/IstioOperator
#     - kafka.strimzi.io/Kafka
#     - helm/values
#   remediation: Write the name of the subnet alone.
#   since: 0.1.0
#   catalogue: 105
package aksnetlint.rules["internal-subnet-not-a-name"]

import data.aksnetlint.lib.carriers
import data.aksnetlint.lib.exposure

deny contains object.union(hit, fix(carrier, subnet)) if {
	some carrier in carriers.of(input.resource)
	carriers.is_internal(carrier)
	subnet := carriers.value(carrier, key)
	trim_space(subnet) != ""
	not exposure.placeholder(subnet)
	hit := {
		"path": carriers.path(carrier, key),
		"message": sprintf("%s is %s, not the name of a subnet: %s never gets an address", [json.marshal(subnet), wrong(subnet), carrier.what]),
	}
}

key := "azure-load-balancer-internal-subnet"

# Names of subnets have up to 80 characters.
longest := 80

wrong(subnet) := "a resource id" if {
	startswith(lower(trim_space(subnet)), "/subscriptions/")
} else := "a path" if {
	contains(subnet, "/")
} else := "a name with blanks around it" if {
	trim_space(subnet) != subnet
} else := sprintf("a text of %v characters, and names have at most %v", [count(subnet), longest]) if {
	count(subnet) > longest
}

# fix(carrier, subnet): the last segment without blanks.
fix(carrier, subnet) := {"fix": carriers.set(input.resource, carrier, key, name)} if {
	parts := split(trim_space(subnet), "/")
	name := parts[count(parts) - 1]
	name != ""
	count(name) <= longest
} else := {}
