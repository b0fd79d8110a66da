# METADATA
# description: |
#   Load balancer annotations in the values of Helm charts: a values file, a Flux
#   HelmRelease, an Argo CD Application.
package aksnetlint.lib.charts

import data.aksnetlint.lib.service

# releases(resource): the values found, each
#   values      the values
#   path        where they stand in the object
#   chart       the chart's name, "" where it is not said
#   chart_path  where it is said
#   complete    nothing else adds to these values
#   severity    of an exposure that follows from what is not written
#   fixable     path leads to a map in the object, not into a text
#   label       how to call them
releases(resource) := (files(resource) | flux(resource)) | argo(resource)

# A values file is one of several, as a rule.
files(resource) := {release |
	not resource.kind
	not resource.spec
	some path in [[], ["ingress-nginx"]]
	values := get(resource, path)
	is_object(values)
	release := {
		"values": values,
		"path": path,
		"chart": concat("", path),
		"chart_path": path,
		"complete": true,
		"severity": "warning",
		"fixable": true,
		"label": "these values",
	}
}

# https://fluxcd.io/flux/components/helm/helmreleases/
flux(resource) := {release |
	resource.kind == "HelmRelease"
	release := {
		"values": map(get(resource, ["spec", "values"])),
		"path": ["spec", "values"],
		"chart": chart_name(get(resource, ["spec", "chart", "spec", "chart"])),
		"chart_path": ["spec", "chart", "spec", "chart"],
		"complete": empty(resource, [["spec", "valuesFrom"], ["spec", "postRenderers"]]),
		"severity": "error",
		"fixable": true,
		"label": sprintf("HelmRelease %s", [service.name(resource)]),
	}
}

# https://argo-cd.readthedocs.io/en/stable/user-guide/helm/
argo(resource) := {release |
	resource.kind == "Application"
	some [path, source] in sources(resource)
	[tail, values, fixable] := argo_values(source)
	release := {
		"values": values,
		"path": array.concat(path, tail),
		"chart": chart_name(get(source, ["chart"])),
		"chart_path": array.concat(path, ["chart"]),
		"complete": empty(source, [["helm", "valueFiles"], ["helm", "parameters"], ["helm", "fileParameters"]]),
		"severity": "error",
		"fixable": fixable,
		"label": sprintf("Application %s", [service.name(resource)]),
	}
}

sources(resource) := {[path, source] |
	some path in [["spec", "source"]]
	source := get(resource, path)
	is_object(source)
} | {[path, source] |
	some i, source in resource.spec.sources
	is_object(source)
	path := ["spec", "sources", i]
}

# valuesObject goes before values, which is a text.
argo_values(source) := [["helm", "valuesObject"], source.helm.valuesObject, true] if {
	is_object(source.helm.valuesObject)
} else := [["helm", "values"], values, false] if {
	yaml.is_valid(source.helm.values)
	values := yaml.unmarshal(source.helm.values)
	is_object(values)
} else := [["helm", "valuesObject"], {}, true] if {
	not source.helm.values
}

# chart_name(chart): the last part of a chart reference in a registry or a repository.
chart_name(chart) := name if {
	is_string(chart)
	parts := split(chart, "/")
	name := parts[count(parts) - 1]
} else := ""

empty(resource, paths) if {
	every path in paths {
		not holds_something(get(resource, path))
	}
} else := false

holds_something(value) if {
	type_name(value) in {"array", "object", "string"}
	count(value) > 0
}

get(resource, path) := object.get(resource, path, null)

map(value) := value if {
	is_object(value)
} else := {}

# controller_service(release): the values of the ingress controller's Service.
controller_service(release) := map(get(release.values, ["controller", "service"]))

# is_nginx(release): the values are certainly those of the chart ingress-nginx. Other charts
# have controller.service too, so that a file needs a second sign.
is_nginx(release) if release.chart == "ingress-nginx"

is_nginx(release) if {
	release.chart == ""
	is_object(get(release.values, ["controller", "service"]))
	some sign in [
		["controller", "ingressClassResource"],
		["controller", "admissionWebhooks"],
		["controller", "service", "external"],
		["controller", "service", "internal"],
	]
	is_object(get(release.values, sign))
}

# external_service(release): the chart renders its main Service as a load balancer of Azure.
external_service(release) if {
	values := controller_service(release)
	not values.enabled == false
	not values.external.enabled == false
	load_balancer_values(values)
}

# load_balancer_values(values): type and class leave the Service to the Azure controller.
load_balancer_values(values) if {
	type_of(values) == "LoadBalancer"
	not named_class(values)
}

named_class(values) if values.loadBalancerClass != ""

type_of(values) := values.type if {
	is_string(values.type)
	values.type != ""
} else := "LoadBalancer"

# internal_service(release): the chart renders a second Service for inside traffic. It does
# so only where annotations are given.
internal_service(release) if {
	internal := controller_service(release).internal
	internal.enabled == true
	is_object(internal.annotations)
	count(internal.annotations) > 0
}

carriers(resource) := union({{carrier |
	some carrier in ((main(release) | second(release)) | plain(release))
} |
	some release in releases(resource)
})

main(release) := {carrier |
	external_service(release)
	nginx_like(release)
	carrier := object.union(common(release), {
		"what": sprintf("the ingress controller's Service of %s", [release.label]),
		"path": array.concat(release.path, ["controller", "service", "annotations"]),
		"annotations": map(get(release.values, ["controller", "service", "annotations"])),
		"exposed": main_exposed(release),
	})
}

second(release) := {carrier |
	internal_service(release)
	nginx_like(release)
	carrier := object.union(common(release), {
		"what": sprintf("the ingress controller's internal Service of %s", [release.label]),
		"path": array.concat(release.path, ["controller", "service", "internal", "annotations"]),
		"annotations": controller_service(release).internal.annotations,
		"exposed": is_certain(release),
	})
}

# Most charts have service.type and service.annotations, but each in its own way: only what
# is written is judged.
plain(release) := {carrier |
	values := release.values.service
	is_object(values.annotations)
	load_balancer_values(values)
	carrier := object.union(common(release), {
		"what": sprintf("the Service of %s", [release.label]),
		"path": array.concat(release.path, ["service", "annotations"]),
		"annotations": values.annotations,
		"exposed": false,
	})
}

common(release) := {
	"strict": false,
	"severity": release.severity,
	"fixable": release.fixable,
}

nginx_like(release) if is_nginx(release)

nginx_like(release) if is_object(get(release.values, ["controller", "service", "annotations"]))

is_certain(release) if {
	is_nginx(release)
	release.complete
} else := false

# With both Services on, what to say of the main one is another rule's.
main_exposed(release) if {
	is_certain(release)
	not internal_service(release)
} else := false
