# METADATA
# description: What a Kubernetes object can learn of the cluster that it belongs to.
package aksnetlint.lib.workspace

import data.aksnetlint.lib.aks

# networks(context): the address ranges of the virtual networks in which the nodes of the
# cluster stand; empty where no subnet or network is known.
networks(context) := {range |
	some subnet in aks.node_subnet_ids(context)
	network := context.deployment.resources[aks.subnet_vnet_id(subnet)]
	some range in network.properties.addressSpace.addressPrefixes
	net.cidr_is_valid(range)
}

# resource_group(id): the lower-cased resource group in a resource id.
resource_group(id) := group if {
	parts := regex.find_all_string_submatch_n(`(?i)/resourcegroups/([^/]+)/`, id, 1)
	group := lower(parts[0][1])
}

# same_name(a, b): two objects are the same one, perhaps in two variants.
same_name(a, b) if identity(a) == identity(b)

identity(resource) := [object.get(resource, ["metadata", "namespace"], ""), object.get(resource, ["metadata", "name"], "")]

# asking(workspace, text): the Services that hold the text, in any case and with blanks around
# it, in an annotation or directly below spec; those with a value there that is not known; and
# all of them where they are not listed by their texts.
asking(workspace, text) := [workspace.objects.Service[i] | some i in indexes] if {
	index := workspace.by_text.Service
	indexes := array.concat(object.get(index.texts, lower(trim_space(text)), []), index.unknown)
} else := workspace.objects.Service
