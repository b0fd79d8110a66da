# METADATA
# title: Annotation is misspelt, misplaced or no longer read
# description: The Azure cloud controller looks annotations up by their exact name and passes over all others without a word. A key under service.beta.kubernetes.io that it does not read, a known name under another prefix, a port_N key for a port that the Service does not have, and an annotation written as a label or under spec have no effect. Where the misspelt key was meant to make the load balancer internal, the load balancer is public and this is an error; otherwise it is a warning.
# related_resources:
#   - ref: https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/
#   - ref: https://learn.microsoft.com/azure/aks/configure-load-balancer-standard#customizations-via-kubernetes-annotations
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: warning
#   targets:
#     - Service
#     - networking.k8s.io/Ingress
#     - gateway.networking.k8s.io/Gateway
#     - approuting.kubernetes.azure.com/NginxIngressController
#     - helm.toolkit.fluxcd.io/HelmRelease
#     - argoproj.io/Application
#     - install.istio.io/IstioOperator
#     - kafka.strimzi.io/Kafka
#     - helm/values
#   remediation: Write the key as the documentation has it, below metadata.annotations of the Service.
#   since: 0.1.0
#   catalogue: 103
package aksnetlint.rules["annotation-typo"]

import data.aksnetlint.lib.annotations
import data.aksnetlint.lib.carriers
import data.aksnetlint.lib.exposure
import data.aksnetlint.lib.gateways
import data.aksnetlint.lib.service

# A key that was meant to be one that the controller reads.
deny contains object.union(hit, rename(carrier, name, key)) if {
	some carrier in carriers.of(input.resource)
	some name, value in carrier.annotations
	key := exposure.meant(name)
	hit := {
		"path": array.concat(carrier.path, [name]),
		"severity": severity(carrier, key, value),
		"message": sprintf("the Azure cloud controller does not read %s%s; did you mean %s?", [service.quoted(name), consequence(carrier, key, value), service.full(key)]),
	}
}

# A key under the controller's prefix that resembles none of its own.
deny contains {
	"path": array.concat(carrier.path, [name]),
	"message": sprintf("the Azure cloud controller does not read %s%s", [name, reason(name)]),
} if {
	some carrier in carriers.of(input.resource)
	some name, _ in carrier.annotations
	regex.match(`^service\.beta\.kubernetes\.io/(azure[-_]|port_)`, name)
	not exposure.is_read(name)
	not exposure.meant(name)
}

# A key for a port that the Service does not have.
deny contains {
	"path": array.concat(carrier.path, [name]),
	"message": sprintf("%s has no effect: %s has no port %v", [name, carrier.what, key.port]),
} if {
	carriers.is_service(input.resource)
	some carrier in carriers.of(input.resource)
	some name, _ in carrier.annotations
	exposure.is_read(name)
	key := annotations.split_port_key(trim_prefix(name, service.prefix))
	count(service.ports(input.resource)) > 0
	not key.port in service.port_numbers(input.resource)
}

# An annotation of the Service that stands elsewhere in it.
deny contains object.union(hit, relocate(place, name, value)) if {
	carriers.is_service(input.resource)
	some carrier in carriers.of(input.resource)
	some place in exposure.elsewhere
	some name, value in exposure.at(input.resource, place)
	startswith(name, service.prefix)
	exposure.is_read(name)
	key := trim_prefix(name, service.prefix)
	hit := {
		"path": array.concat(place, [name]),
		"severity": severity(carrier, key, value),
		"message": sprintf("%s stands in %s, where the Azure cloud controller does not read it%s", [name, words(place), consequence(carrier, key, value)]),
	}
}

# An annotation of the Service on an Ingress.
deny contains {
	"path": ["metadata", "annotations", name],
	"message": sprintf("%s has no effect on an Ingress: it belongs on the Service of the ingress controller", [name]),
} if {
	input.resource.kind == "Ingress"
	some name, _ in service.annotations(input.resource)
	exposure.is_read(name)
}

# An annotation of the Service on a Gateway, where it does not reach the Service.
deny contains {
	"path": ["metadata", "annotations", name],
	"message": sprintf("%s %s; it belongs in spec.infrastructure.annotations", [name, lost]),
} if {
	gateways.is_gateway(input.resource)
	lost := not_copied(input.resource)
	some name, _ in service.annotations(input.resource)
	exposure.is_read(name)
}

words([]) := "the top level"

words(place) := concat(".", place) if count(place) > 0

# severity(carrier, key, value): error where the load balancer is public for it.
severity(carrier, key, value) := "error" if {
	exposes(carrier, key, value)
} else := "warning"

exposes(carrier, key, value) if {
	key == exposure.key
	not carriers.is_internal(carrier)
	not carriers.refused(carrier)
	not value in {"false", false}
}

consequence(carrier, key, value) := sprintf(", so that %s is public", [carrier.what]) if {
	exposes(carrier, key, value)
} else := ""

reason(name) := sprintf(": %s", [annotations.dead[trim_prefix(name, service.prefix)]]) if {
	annotations.dead[trim_prefix(name, service.prefix)]
} else := ""

not_copied(gateway) := "does not reach the Service: Istio copies a Gateway's own annotations only where spec.infrastructure.annotations is not set" if {
	gateways.is_istio(gateway)
	gateways.infrastructure(gateway)
} else := "does not reach the Service: only Istio copies a Gateway's own annotations" if {
	not gateways.is_istio(gateway)
	not gateways.infrastructure(gateway)
}

# rename(carrier, name, key): the patch, where the right key is not there as well.
rename(carrier, name, key) := {"fix": [{
	"op": "move",
	"from": carriers.pointer(array.concat(carrier.path, [name])),
	"path": carriers.pointer(carriers.path(carrier, key)),
}]} if {
	carrier.fixable
	not service.full(key) in object.keys(carrier.annotations)
} else := {}

# relocate(place, name, value): the patch that moves an annotation to where it belongs.
relocate(place, name, value) := {"fix": array.concat(
	[{"op": "remove", "path": carriers.pointer(array.concat(place, [name]))}],
	[{"op": "add", "path": service.pointer(trim_prefix(name, service.prefix)), "value": value}],
)} if {
	is_string(value)
	is_object(input.resource.metadata.annotations)
	not name in object.keys(input.resource.metadata.annotations)
} else := {"fix": [
	{"op": "remove", "path": carriers.pointer(array.concat(place, [name]))},
	{"op": "add", "path": "/metadata/annotations", "value": {name: value}},
]} if {
	is_string(value)
	not is_object(object.get(input.resource, ["metadata", "annotations"], null))
} else := {}
