# METADATA
# title: The API server refuses the Service
# description: A field of the Service has a value of the wrong type (an unquoted number as a name or label, a quoted number as a port), a word that is no value of its field, such as type loadbalancer, a headless load balancer, or ports that are out of range, the same twice, or without the names that several ports need. Annotation values have a rule of their own. A Service of type LoadBalancer without ports is a warning, because the manifest may be a patch for another one.
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: error
#   targets: [Service]
#   remediation: Write the value as the API reference of Service has it; quote texts that look like numbers.
#   since: 0.1.0
#   catalogue: 118
package aksnetlint.rules["invalid-service"]

import data.aksnetlint.lib.carriers
import data.aksnetlint.lib.exposure
import data.aksnetlint.lib.service

# A value of the wrong type.
deny contains object.union({"path": place, "message": message}, fix(place, value, wanted)) if {
	some [place, value, wanted] in mistyped
	not is_placeholder(value)
	message := sprintf("%s is %s, not %s: the API server refuses the Service", [dotted(place), phrase(value), article(wanted)])
}

# A word that is no value of the field.
deny contains {
	"path": place,
	"message": sprintf("%s is %s: the API server refuses what is not %s", [dotted(place), service.quoted(value), concat(", ", sort(words))]),
} if {
	some [place, value, words] in misspelt
	not exposure.placeholder(value)
}

# A port number that does not exist.
deny contains {
	"path": ["spec", "ports", i, field],
	"message": sprintf("spec.ports[%v].%s is %v: the API server refuses what is not in 1-65535", [i, field, value]),
} if {
	some i, port in service.ports(svc)
	some field in ["port", "targetPort", "nodePort"]
	value := port[field]
	is_number(value)
	outside(field, value)
}

# The same port and protocol twice.
deny contains {
	"path": ["spec", "ports", j, "port"],
	"message": sprintf("port %v/%s is there twice: the API server refuses the Service", [port.port, service.protocol(port)]),
} if {
	some i, port in service.ports(svc)
	some j, other in service.ports(svc)
	i < j
	port.port == other.port
	service.protocol(port) == service.protocol(other)
}

# Several ports, and one without a name.
deny contains {
	"path": ["spec", "ports", i, "name"],
	"message": sprintf("spec.ports[%v] has no name, which the API server demands of a Service with %v ports", [i, count(service.ports(svc))]),
} if {
	count(service.ports(svc)) > 1
	some i, port in service.ports(svc)
	is_object(port)
	object.get(port, "name", "") in {"", null}
}

# The same name twice.
deny contains {
	"path": ["spec", "ports", i, "name"],
	"message": sprintf("port name %s is there twice: the API server refuses the Service", [service.quoted(name)]),
} if {
	count(service.ports(svc)) > 1
	some name, places in named
	some i in places
	i > min(places)
}

# named: the places of the ports by their names.
named[port.name] contains i if {
	some i, port in service.ports(svc)
	is_string(port.name)
	port.name != ""
}

# A load balancer sends its traffic to the cluster IP or to node ports; ValidateService of
# k8s.io/kubernetes/pkg/apis/core/validation.
deny contains {
	"path": ["spec", "clusterIP"],
	"message": "spec.clusterIP is None: the API server refuses a headless Service of type LoadBalancer",
} if {
	service.is_load_balancer(svc)
	svc.spec.clusterIP == "None"
}

# No ports at all.
deny contains {
	"path": ["spec", "ports"],
	"severity": "warning",
	"message": "spec.ports is empty: the API server refuses such a load balancer, unless this is a patch for another manifest",
} if {
	service.is_load_balancer(svc)
	count(service.ports(svc)) == 0
}

svc := input.resource

# mistyped: the values of a type that the API does not have for them, each with its place and
# the type that it has; null stands for an absent value.
mistyped contains [["metadata", field], value, wanted] if {
	some field, wanted in metadata_types
	value := svc.metadata[field]
	type_name(value) != wanted
	value != null
}

mistyped contains [["metadata", "labels", key], value, "string"] if {
	some key, value in svc.metadata.labels
	not type_name(value) in exposure.text_types
}

mistyped contains [["spec", "selector", key], value, "string"] if {
	some key, value in svc.spec.selector
	not type_name(value) in exposure.text_types
}

mistyped contains [["spec", field], value, spec_types[field]] if {
	some field, value in svc.spec
	type_name(value) != spec_types[field]
	value != null
}

mistyped contains [["spec", field, i], value, "string"] if {
	some field in ["loadBalancerSourceRanges", "externalIPs", "ipFamilies"]
	is_array(svc.spec[field])
	some i, value in svc.spec[field]
	not type_name(value) in exposure.text_types
}

mistyped contains [["spec", "ports", i], port, "object"] if {
	some i, port in service.ports(svc)
	not type_name(port) in {"object", "null"}
}

mistyped contains [["spec", "ports", i, field], value, wanted] if {
	some i, port in service.ports(svc)
	is_object(port)
	some field, value in port
	not type_name(value) in port_types[field]
	wanted := concat(" or ", sort(port_types[field] - {"null"}))
}

metadata_types := {
	"annotations": "object",
	"generateName": "string",
	"labels": "object",
	"name": "string",
	"namespace": "string",
}

spec_types := {
	"allocateLoadBalancerNodePorts": "boolean",
	"clusterIP": "string",
	"externalIPs": "array",
	"externalTrafficPolicy": "string",
	"healthCheckNodePort": "number",
	"internalTrafficPolicy": "string",
	"ipFamilies": "array",
	"ipFamilyPolicy": "string",
	"loadBalancerClass": "string",
	"loadBalancerIP": "string",
	"loadBalancerSourceRanges": "array",
	"ports": "array",
	"selector": "object",
	"sessionAffinity": "string",
	"type": "string",
}

# The types that the fields of a port take.
port_types := {
	"appProtocol": exposure.text_types,
	"name": exposure.text_types,
	"nodePort": {"number", "null"},
	"port": {"number", "null"},
	"protocol": exposure.text_types,
	"targetPort": {"number", "string", "null"},
}

# misspelt: the values of fields that take certain words alone, and that are none of these.
misspelt contains [["spec", field], value, words] if {
	some field, words in spec_words
	value := svc.spec[field]
	is_other(value, words)
}

misspelt contains [["spec", "ports", i, "protocol"], port.protocol, words] if {
	words := {"TCP", "UDP", "SCTP"}
	some i, port in service.ports(svc)
	is_other(port.protocol, words)
}

misspelt contains [["spec", "ipFamilies", i], family, words] if {
	words := {"IPv4", "IPv6"}
	some i, family in service.families(svc)
	is_other(family, words)
}

is_other(value, words) if {
	is_string(value)
	value != ""
	not value in words
}

spec_words := {
	"externalTrafficPolicy": {"Cluster", "Local"},
	"internalTrafficPolicy": {"Cluster", "Local"},
	"ipFamilyPolicy": {"SingleStack", "PreferDualStack", "RequireDualStack"},
	"sessionAffinity": {"None", "ClientIP"},
	"type": {"ClusterIP", "NodePort", "LoadBalancer", "ExternalName"},
}

# outside(field, value): no port number; 0 leaves targetPort and nodePort to Kubernetes.
outside(_, value) if value < 0

outside(_, value) if value > 65535

outside(_, value) if value != floor(value)

outside("port", 0)

is_placeholder(value) if {
	is_string(value)
	exposure.placeholder(value)
}

# dotted(place): the place as people write it, spec.ports[0].name.
dotted(place) := trim_prefix(concat("", [format(step) | some step in place]), ".")

format(step) := sprintf(".%s", [step]) if is_string(step)

format(step) := sprintf("[%v]", [step]) if is_number(step)

phrase(value) := sprintf("the %s %s", [type_name(value), json.marshal(value)]) if {
	type_name(value) in {"boolean", "number", "string"}
} else := article(type_name(value))

article("array") := "a list"

article("object") := "a map"

article(wanted) := sprintf("a %s", [wanted]) if not wanted in {"array", "object"}

# fix: no quotes around a value that has to be a number. The other way round the text that was
# meant is not known: YAML reads version 1.10 as 1.1 and on as true.
fix(place, value, wanted) := {"fix": [{"op": "replace", "path": carriers.pointer(place), "value": to_number(value)}]} if {
	wanted == "number"
	is_string(value)
	regex.match(`^(0|[1-9][0-9]{0,4})$`, value)
} else := {}
