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

// exportedClusters is the deployment of the clusters that a document of az
// exports, nil where it holds none: a live cluster is judged like a template's.
func exportedClusters(doc document) *arm.Deployment {
	d := &arm.Deployment{Template: doc.Document}
	for _, res := range factResources(doc.Document) {
		// az resource list names a cluster without its properties.
		if strings.EqualFold(res.Type, clusterType) && hasProperties(res) {
			res.Existing = false
			d.Resources = append(d.Resources, res)
		}
	}
	if len(d.Resources) == 0 {
		return nil
	}
	return d
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
		ID:       all.Get("id").Str,
		Type:     all.Get("type").Str,
		Name:     nameFromID(all.Get("id").Str),
		Value:    all,
		IDKnown:  true,
		Existing: true,
		Origin:   all.Origin,
	}
}

// restoreProperties puts the members that the CLI lifted back below
// properties, also in the elements of lists that are resources themselves.
func restoreProperties(v *value.Value) *value.Value {
	if v.Kind != value.Object || v.Get("properties") != nil {
		return v
	}
	var whole, lifted []value.Member
	for _, m := range v.Members {
		if envelope[strings.ToLower(m.Name)] {
			whole = append(whole, m)
			continue
		}
		m.Value = restoreNested(m.Name, m.Value)
		lifted = append(lifted, m)
	}
	if v.Get("createdTime") != nil {
		// An element of az resource list: its properties were never printed.
		return value.NewObject(whole).WithOrigin(v.Origin)
	}
	properties := value.NewObject(lifted).WithOrigin(v.Origin)
	whole = append(whole, value.Member{Name: "properties", Value: properties})
	return value.NewObject(whole).WithOrigin(v.Origin)
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
	restored := make([]*value.Value, len(v.Items))
	for i, item := range v.Items {
		restored[i] = restoreProperties(item)
	}
	return value.NewArray(restored).WithOrigin(v.Origin)
}

// idParts are the segments of a resource id and the index of the last "providers"
// among them, which the type follows; -1 where there is none.
func idParts(id string) (parts []string, provider int) {
	parts, provider = strings.Split(strings.Trim(id, "/"), "/"), -1
	for i, part := range parts {
		if strings.EqualFold(part, "providers") {
			provider = i
		}
	}
	return parts, provider
}

// nameFromID is the name of a resource in its parent/child form.
func nameFromID(id string) string {
	parts, provider := idParts(id)
	var names []string
	for i := provider + 3; provider >= 0 && i < len(parts); i += 2 {
		names = append(names, parts[i])
	}
	return strings.Join(names, "/")
}

// distinctFacts keeps one fact of each id: the last that says what its properties
// are, since az prints the same resource in lists and on its own.
func distinctFacts(facts []*arm.Resource) []*arm.Resource {
	at := map[string]int{}
	var distinct []*arm.Resource
	for _, res := range facts {
		key := strings.ToLower(res.ID)
		i, known := at[key]
		switch {
		case !known:
			at[key] = len(distinct)
			distinct = append(distinct, res)
		case hasProperties(res) || !hasProperties(distinct[i]):
			distinct[i] = res
		}
	}
	return distinct
}

func hasProperties(res *arm.Resource) bool {
	properties := res.Value.Get("properties")
	return properties != nil && properties.Kind != value.Null
}

// hoisted are the resources with their inline children.
func hoisted(resources []*arm.Resource) []*arm.Resource {
	return (&arm.Deployment{Resources: resources}).Hoist()
}
