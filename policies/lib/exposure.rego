# METADATA
# description: What the rules on public and internal load balancers share.
package aksnetlint.lib.exposure

import data.aksnetlint.lib.annotations
import data.aksnetlint.lib.service
import data.aksnetlint.lib.text

# The annotation that makes a load balancer internal, without and with its prefix.
key := "azure-load-balancer-internal"

annotation := service.full(key)

# The annotation with which an author says why a load balancer is public.
reason_annotation := "aksnetlint.io/allow-public"

has_reason(map) if {
	reason := map[reason_annotation]
	is_string(reason)
	trim_space(reason) != ""
}

# accepted(resource, patterns): the author or the configuration accepts that the object is
# public. Patterns are globs of namespace/name.
accepted(resource, _) if has_reason(service.annotations(resource))

accepted(resource, patterns) if {
	is_string(resource.metadata.name)
	some pattern in patterns
	glob.match(pattern, ["/"], concat("/", [namespace(resource), resource.metadata.name]))
}

# An object without a namespace goes to the one that kubectl works in, default unless
# told otherwise.
namespace(resource) := resource.metadata.namespace if {
	is_string(resource.metadata.namespace)
} else := "default"

# refused(resource): the API server refuses the object for the type of a value in its
# metadata, or as a load balancer that is headless.
refused(resource) if {
	some field in ["name", "namespace", "generateName"]
	value := resource.metadata[field]
	not type_name(value) in text_types
}

refused(resource) if {
	some field in ["annotations", "labels"]
	some value in resource.metadata[field]
	not type_name(value) in text_types
}

refused(resource) if {
	some field in ["annotations", "labels"]
	value := resource.metadata[field]
	not type_name(value) in {"object", "null"}
}

refused(resource) if {
	resource.kind == "Service"
	service.is_load_balancer(resource)
	resource.spec.clusterIP == "None"
}

# null stands for an absent value.
is_text(value) if type_name(value) in text_types

text_types := {"string", "null"}

# placeholder(value): the text is one that a tool replaces before kubectl sees it.
placeholder(value) if regex.match(`<[A-Za-z][^<>]*>|\$\{[^}]+\}|\$\([^)]+\)|\{\{.*\}\}|#\{[^}]+\}#?|^__[A-Za-z][A-Za-z0-9_]*__$|^%[A-Za-z_]+%$|^@@.+@@$|^\$[A-Za-z_][A-Za-z0-9_]*$`, value)

# Prefixes that people write for service.beta.kubernetes.io.
other_prefix := `^([a-z0-9-]+\.)*(kubernetes|k8s)\.io$`

# meant(name): the key that an annotation which the controller does not read was most
# likely meant to be, without the prefix; undefined for annotations of other parties.
meant(name) := nearest if {
	not is_read(name)
	[prefix, tail] := parts(name)
	ours(prefix)
	not startswith(tail, "aws-")
	nearest := resembled(tail, annotations.by_words, 3)
} else := completed if {
	not is_read(name)
	[prefix, tail] := parts(name)
	ours(prefix)
	completed := concat("", ["azure-", lower(trim_space(tail))])
	annotations.is_known(completed)
} else := port_key if {
	not is_read(name)
	[prefix, tail] := parts(name)
	ours(prefix)
	key := annotations.split_port_key(trim_space(tail))
	port_key := annotations.port_key(key.port, resembled(key.tail, annotations.per_port_by_words, 2))
}

# resembled(tail, names, most): the name that is equal to the tail but for case and the order
# and joints of its words, or else the nearest one. names are by their words.
resembled(tail, names, most) := names[text.words(tail)] if {
	names[text.words(tail)]
} else := text.nearest(lower(tail), {name | some name in names}, most)

# is_read(name): the controller reads the annotation.
is_read(name) if {
	startswith(name, service.prefix)
	annotations.is_known(trim_prefix(name, service.prefix))
}

# parts(name): the prefix without its slash, "" where there is none, and the rest.
parts(name) := [substring(name, 0, slash), substring(name, slash + 1, -1)] if {
	slash := indexof(name, "/")
	slash >= 0
} else := ["", name]

ours(prefix) if regex.match(other_prefix, lower(trim_space(prefix)))

ours("")

ours(prefix) if text.distance(lower(prefix), trim_suffix(service.prefix, "/")) <= 2

# Where annotations of a Service are written by mistake.
elsewhere := [
	[],
	["annotations"],
	["labels"],
	["metadata"],
	["metadata", "labels"],
	["spec"],
	["spec", "annotations"],
	["spec", "metadata", "annotations"],
	["spec", "template", "metadata", "annotations"],
]

# misplaced(resource): the annotation stands where it is not read.
misplaced(resource) if {
	some place in elsewhere
	_ = at(resource, place)[annotation]
}

# at(resource, place): the map at the place, empty where there is none.
at(resource, place) := map if {
	map := object.get(resource, place, null)
	is_object(map)
} else := {}
