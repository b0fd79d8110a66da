# METADATA
# description: |
#   Where load balancer annotations stand: in a Service, or in an object from which a
#   controller or a chart makes one. The rules judge carriers, so that the same text
#   holds for all of them.
package aksnetlint.lib.carriers

import data.aksnetlint.lib.charts
import data.aksnetlint.lib.gateways
import data.aksnetlint.lib.listeners
import data.aksnetlint.lib.service

# of(resource): the carriers in an object. Each has
#   what         what gets the load balancer, as a noun
#   path         where the annotations stand, or would stand
#   annotations  the annotations as written, {} where there are none
#   strict       values that are no strings are refused; charts quote them instead
#   exposed      without the internal annotation this certainly gets a public address
#   severity     of such an exposure
#   fixable      path leads to a map in the object, not into a text
of(resource) := services(resource) if {
	is_service(resource)
} else := ((controllers(resource) | gateways.carriers(resource)) | charts.carriers(resource)) | listeners.carriers(resource)

is_service(resource) if resource.kind == "Service"

# Items of a ServiceList do not repeat the kind.
is_service(resource) if {
	not resource.kind
	is_string(resource.spec.type)
}

services(resource) := {carrier |
	service.is_azure_lb(resource)
	carrier := {
		"what": sprintf("Service %s", [service.name(resource)]),
		"path": ["metadata", "annotations"],
		"annotations": service.annotations(resource),
		"strict": true,
		"exposed": true,
		"severity": "error",
		"fixable": true,
	}
}

# https://learn.microsoft.com/azure/aks/app-routing-nginx-configuration
controllers(resource) := {carrier |
	resource.kind == "NginxIngressController"
	carrier := {
		"what": sprintf("the load balancer of NginxIngressController %s", [service.name(resource)]),
		"path": ["spec", "loadBalancerAnnotations"],
		"annotations": map(object.get(resource, ["spec", "loadBalancerAnnotations"], {})),
		"strict": true,
		"exposed": true,
		"severity": "error",
		"fixable": true,
	}
}

# map(value): the value where it is a map, else an empty one.
map(value) := value if {
	is_object(value)
} else := {}

# value(carrier, key): the annotation as it arrives at the Service; undefined where it is
# absent or refused. Charts turn true and 5 into "true" and "5".
value(carrier, key) := service.text(carrier.annotations[service.full(key)])

value(carrier, key) := json.marshal(written) if {
	not carrier.strict
	written := carrier.annotations[service.full(key)]
	type_name(written) in {"boolean", "number"}
}

# has(carrier, key): the key is there with a value; null counts as absent.
has(carrier, key) if carrier.annotations[service.full(key)] != null

# is_internal(carrier): the frontend is private.
is_internal(carrier) if value(carrier, "azure-load-balancer-internal") == "true"

# refused(carrier): some value is no string where it has to be one, so that nothing comes
# of the object at all.
refused(carrier) if {
	carrier.strict
	some written in carrier.annotations
	not service.text(written)
}

# path(carrier, key): where the annotation stands.
path(carrier, key) := array.concat(carrier.path, [service.full(key)])

# pointer(path): a path as JSON Pointer.
pointer(steps) := concat("", [sprintf("/%s", [escape(step)]) | some step in steps])

escape(step) := replace(replace(step, "~", "~0"), "/", "~1") if is_string(step)

escape(step) := format_int(step, 10) if is_number(step)

# set(resource, carrier, key, value): the JSON Patch that writes an annotation; makes the
# maps on the way where they are missing. Undefined where the carrier is not fixable.
set(resource, carrier, key, text) := [{"op": "add", "path": pointer(path(carrier, key)), "value": text}] if {
	carrier.fixable
	is_object(at(resource, carrier.path))
}

set(resource, carrier, key, text) := [{"op": "add", "path": pointer(carrier.path), "value": {service.full(key): text}}] if {
	carrier.fixable
	not is_object(at(resource, carrier.path))
	is_object(at(resource, array.slice(carrier.path, 0, count(carrier.path) - 1)))
}

at(resource, steps) := object.get(resource, steps, null)
