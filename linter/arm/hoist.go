package arm

import (
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// inlineChildren are the properties in which resources are written that are
// resources of their own for Azure.
var inlineChildren = map[string][]struct {
	property, child string
	// flat is set where the elements have their properties at the top.
	flat bool
}{
	"microsoft.network/virtualnetworks":          {{property: "subnets", child: "subnets"}, {property: "virtualNetworkPeerings", child: "virtualNetworkPeerings"}},
	"microsoft.network/routetables":              {{property: "routes", child: "routes"}},
	"microsoft.network/networksecuritygroups":    {{property: "securityRules", child: "securityRules"}},
	"microsoft.containerservice/managedclusters": {{property: "agentPoolProfiles", child: "agentPools", flat: true}},
}

// Hoist returns the resources with the children that are written inside of
// their properties as resources of their own, each after its parent: subnets, routes, security
// rules, agent pools. Their values are shared with the parent, so that Locate
// finds the same places. A resource that is declared both ways, or twice, is there twice.
func (d *Deployment) Hoist() []*Resource {
	all := make([]*Resource, 0, len(d.Resources))
	for _, r := range d.Resources {
		all = append(all, r)
		all = append(all, r.inline()...)
	}
	return all
}

// inline returns the children that are written inside of a resource.
func (r *Resource) inline() []*Resource {
	var list []*Resource
	for _, c := range inlineChildren[strings.ToLower(r.Type)] {
		items := r.Value.Get("properties").Get(c.property)
		if items == nil || items.Kind != value.Array {
			continue
		}
		for _, item := range items.Items {
			if item.Origin == nil {
				// What a function computed stands where the list does.
				item = item.WithOrigin(firstOrigin(items.Origin, r.Value.Get("properties").Origin, r.Origin))
			}
			if child := r.child(c.child, item, c.flat); child != nil {
				list = append(list, child)
			}
		}
	}
	return list
}

func firstOrigin(origins ...*value.Origin) *value.Origin {
	for _, o := range origins {
		if o != nil {
			return o
		}
	}
	return nil
}

// OpenChild says that a resource holds children that cannot be told before
// deployment.
type OpenChild struct {
	Type  string
	Doubt *value.Doubt
}

// OpenChildren are the inline children that Hoist cannot make resources of
// since the list, an element or its name is not known.
func (r *Resource) OpenChildren() []OpenChild {
	var list []OpenChild
	for _, c := range inlineChildren[strings.ToLower(r.Type)] {
		properties := r.Value.Get("properties")
		items := properties.Get(c.property)
		if properties != nil && properties.Kind == value.Unknown && items == nil {
			items = properties
		}
		if items == nil {
			continue
		}
		doubt := items.Doubt
		for _, item := range items.Items {
			if doubt != nil {
				break
			}
			doubt = item.Doubt
			if name := item.Get("name"); name != nil && name.Str == "" {
				doubt = name.Doubt
			}
		}
		if doubt != nil {
			list = append(list, OpenChild{r.Type + "/" + c.child, doubt})
		}
	}
	return list
}

// child makes a resource of an element; nil where it has no name.
func (r *Resource) child(typ string, item *value.Value, flat bool) *Resource {
	name := item.Get("name")
	if name == nil || name.Str == "" {
		return nil
	}
	parentName := r.Value.Get("name")
	if parentName == nil {
		parentName = value.NewString(r.Name)
	}
	full := joined(joined(parentName, value.NewString("/")), name).WithOrigin(name.Origin)
	child := &Resource{
		ID: r.ID + "/" + typ + "/" + name.Str, IDKnown: r.IDKnown && name.Kind == value.String,
		Type: r.Type + "/" + typ, Name: r.Name + "/" + name.Str, APIVersion: r.APIVersion,
		Existing: r.Existing, Conditional: r.Conditional, Deployment: r.Deployment,
		Origin: item.Origin, Parent: r,
	}
	child.Value = childValue(child, full, item, flat)
	return child
}

// childValue is the value that a child has as a resource of its own.
func childValue(child *Resource, name, item *value.Value, flat bool) *value.Value {
	members := []value.Member{
		{Name: "id", Value: value.NewString(child.ID).WithOrigin(item.Origin)},
		{Name: "type", Value: value.NewString(child.Type).WithOrigin(item.Origin)},
		{Name: "name", Value: name},
	}
	if child.APIVersion != "" {
		members = append(members, value.Member{Name: "apiVersion", Value: value.NewString(child.APIVersion).WithOrigin(item.Origin)})
	}
	var inner []value.Member
	for _, m := range item.Members {
		switch {
		case strings.EqualFold(m.Name, "name"):
		case flat:
			// An agent pool profile has a property called type of its own.
			inner = append(inner, m)
		case strings.EqualFold(m.Name, "id"), strings.EqualFold(m.Name, "type"):
		default:
			members = append(members, m)
		}
	}
	if flat {
		properties := value.NewObject(inner)
		properties.Origin = item.Origin
		members = append(members, value.Member{Name: "properties", Value: properties})
	}
	v := value.NewObject(members)
	v.Origin = item.Origin
	return v
}
