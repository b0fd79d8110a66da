package main

# The one rule that conftest judges templates by. Resources stand in nested
# templates too, and conftest does not expand them: the rule walks.
deny contains message if {
	walk(input.resources, [_, resource])
	resource.type == "Microsoft.ContainerService/managedClusters"
	resource.properties.networkProfile.networkPlugin == "kubenet"
	message := sprintf("cluster %s has kubenet", [resource.name])
}
