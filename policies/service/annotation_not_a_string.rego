# METADATA
# title: Annotation value is not a string
# description: Annotations are a map of strings. An unquoted true, yes, 5 or 1.0 is a boolean or a number in YAML 1.1, which kubectl reads, and the API server refuses the object. A decoder with Go types may turn the boolean into a string and hide this. Values of a Helm chart are not judged because charts such as ingress-nginx quote them.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/
#   - ref: https://learn.microsoft.com/azure/aks/internal-lb
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: error
#   targets:
#     - Service
#     - networking.k8s.io/Ingress
#     - gateway.networking.k8s.io/Gateway
#     - approuting.kubernetes.azure.com/NginxIngressController
#     - helm.toolkit.fluxcd.io/HelmRelease
#     - argoproj.io/Application
#     - install.istio.io/IstioOperator
#     - kafka.strimzi.io/Kafka
#   remediation: 'Quote the value: "true", "5".'
#   since: 0.1.0
#   catalogue: 102
package aksnetlint.rules["annotation-not-a-string"]

import data.aksnetlint.lib.carriers
import data.aksnetlint.lib.exposure

deny contains object.union(hit, fix(path, key, value)) if {
	some [place, written] in maps
	some key, value in written
	not exposure.is_text(value)
	path := array.concat(place, [key])
	hit := {
		"path": path,
		"message": sprintf("annotation %s is %s, not a string: the API server refuses the object", [key, phrase(value)]),
	}
}

# The maps of annotations in the object, each with its place.
maps contains [["metadata", "annotations"], input.resource.metadata.annotations] if {
	is_object(input.resource.metadata.annotations)
}

maps contains [carrier.path, carrier.annotations] if {
	some carrier in carriers.of(input.resource)
	carrier.strict
	carrier.fixable
}

phrase(value) := sprintf("the %s %s", [type_name(value), json.marshal(value)]) if {
	type_name(value) in {"boolean", "number"}
} else := "a list" if {
	is_array(value)
} else := "a map"

# fix(path, key, value): quotes. The digits of other numbers, such as version 1.10, are lost by
# the time YAML has read them.
fix(path, key, value) := {"fix": [{"op": "replace", "path": carriers.pointer(path), "value": json.marshal(value)}]} if {
	quotable(key, value)
} else := {}

quotable(_, value) if is_boolean(value)

quotable(key, value) if {
	is_number(value)
	value == floor(value)
	exposure.is_read(key)
}
