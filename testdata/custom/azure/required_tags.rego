# METADATA
# title: Resource lacks a tag
# description: Costs are booked by the tags costCenter and environment.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources
# custom:
#   severity: warning
#   targets: [Microsoft.ContainerService/managedClusters, Microsoft.Network/virtualNetworks]
#   remediation: "Add the tag."
#   params:
#     tags: [costCenter, environment]
package aksnetlint.rules["required-tags"]

deny contains {"path": ["tags"], "message": message} if {
	some tag in data.params["required-tags"].tags
	not has_tag(tag)
	message := sprintf("%s has no tag %s", [input.resource.name, tag])
}

# Names of tags are compared in any case.
has_tag(tag) if {
	some name, value in input.resource.tags
	lower(name) == lower(tag)
	value != ""
}
