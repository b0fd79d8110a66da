package linter

import (
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm"
	"github.com/aksnetlint/aksnetlint/linter/arm/value"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// envelope are the members of a resource that stand beside its properties
// (learn.microsoft.com/azure/azure-resource-manager/templates/resource-declaration).
var envelope = map[string]bool{
	"id": true, "name": true, "type": true, "apiversion": true, "location": true, "tags": true,
	"sku": true, "identity": true, "kind": true, "zones": true, "properties": true,
	"extendedlocation": true, "plan": true, "managedby": true, "systemdata": true,
	"resourcegroup": true, "etag": true, "scope": true,
}

// factResources reads what the Azure CLI prints of existing resources: one, or
// a list of them. The CLI lifts properties to the top level for most
// commands; here they are put back below properties, so that rules see one
// shape. Subnets inside a network are resources of their own after hoisting.
func factResources(doc *source.Document) []*arm.Resource {
	items := []*source.Node{doc.Root}
	if doc.Root.Kind == source.Array {
		items = doc.Root.Items
	}
	var resources []*arm.Resource
	for _, item := range items {
		if item.Kind == source.Object && isFact(item) {
			resources = append(resources, factResource(doc.File, item))
		}
	}
	return resources
}

func factResource(file *source.File, node *source.Node) *arm.Resource {
	all := restoreProperties(value.FromNode(file, node))
	return &arm.Resource{
		ID:      all.Get("id").Str,
		Type:    all.Get("type").Str,
		Name:    nameFromID(all.Get("id").Str),
		Value:   all,
		IDKnown: true,
	}
}

// restoreProperties puts the members that the CLI lifted back below
// properties, also in the elements of lists that are resources themselves.
func restoreProperties(v *value.Value) *value.Value {
	if v.Kind != value.Object || v.Get("properties") != nil {
		return v
	}
	lifted := &value.Value{Kind: value.Object, Origin: v.Origin}
	whole := &value.Value{Kind: value.Object, Origin: v.Origin}
	for _, m := range v.Members {
		if envelope[strings.ToLower(m.Name)] {
			whole.Members = append(whole.Members, m)
			continue
		}
		m.Value = restoreNested(m.Name, m.Value)
		lifted.Members = append(lifted.Members, m)
	}
	whole.Members = append(whole.Members, value.Member{Name: "properties", Value: lifted})
	return whole
}

// nestedResources are the lists whose elements have properties of their own in
// the resource provider's form.
var nestedResources = map[string]bool{
	"subnets": true, "routes": true, "securityrules": true, "delegations": true,
	"virtualnetworkpeerings": true, "frontendipconfigurations": true, "ipconfigurations": true,
}

func restoreNested(name string, v *value.Value) *value.Value {
	if !nestedResources[strings.ToLower(name)] || v.Kind != value.Array {
		return v
	}
	restored := &value.Value{Kind: value.Array, Origin: v.Origin}
	for _, item := range v.Items {
		restored.Items = append(restored.Items, restoreProperties(item))
	}
	return restored
}

// nameFromID is the name of a resource in its parent/child form.
func nameFromID(id string) string {
	parts := strings.Split(strings.Trim(id, "/"), "/")
	provider := -1
	for i, part := range parts {
		if strings.EqualFold(part, "providers") {
			provider = i
		}
	}
	var names []string
	for i := provider + 3; provider >= 0 && i < len(parts); i += 2 {
		names = append(names, parts[i])
	}
	return strings.Join(names, "/")
}
