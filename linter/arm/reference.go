package arm

import (
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// reference answers reference(id or name or symbol [, apiVersion [, 'Full']])
// for a resource of the template, nil where nothing is known.
func (u *unit) reference(args []*value.Value) *value.Value {
	if args[0].Str == "" {
		return nil
	}
	i := u.find(args[0].Str)
	if i == nil {
		return u.referenceInline(args[0].Str, isFull(args, 2))
	}
	return i.referenced(isFull(args, 2))
}

// referenceInline answers reference() for a child that is written inside of
// its parent's properties, such as a subnet.
func (u *unit) referenceInline(id string, full bool) *value.Value {
	name := strings.LastIndexByte(id, '/')
	if name <= 0 {
		return nil
	}
	typ := strings.LastIndexByte(id[:name], '/')
	if typ <= 0 {
		return nil
	}
	parent := u.find(id[:typ])
	if parent == nil {
		return nil
	}
	for _, c := range inlineChildren[strings.ToLower(parent.typ)] {
		if c.flat || !strings.EqualFold(c.child, id[typ+1:name]) {
			continue
		}
		properties := parent.referenced(false)
		for _, item := range elements(properties.Get(c.property)) {
			if n := item.Get("name"); n == nil || !strings.EqualFold(n.Str, id[name+1:]) {
				continue
			}
			if full {
				return item
			}
			return item.Get("properties")
		}
	}
	return nil
}

// references answers references(symbol [, 'Full']): the resources of a loop
// without those whose condition is false.
func (u *unit) references(args []*value.Value) *value.Value {
	var items []*value.Value
	for _, d := range u.declared {
		if args[0].Kind != value.String || !strings.EqualFold(d.symbol, args[0].Str) {
			continue
		}
		for _, i := range d.instances() {
			condition := i.condition()
			if condition.Kind == value.Unknown {
				return nil
			}
			if !condition.Bool {
				continue
			}
			v := i.referenced(isFull(args, 1))
			if v == nil {
				v = value.NewUnknown(&value.Doubt{Reason: value.Reference, Expr: "references('" + d.symbol + "')"})
			}
			items = append(items, v)
		}
		return value.NewArray(items)
	}
	return nil
}

// resourceInfo answers resourceInfo(symbol).
func (u *unit) resourceInfo(args []*value.Value) *value.Value {
	i := u.findSymbol(args[0].Str)
	if i == nil {
		return nil
	}
	p := i.place()
	members := []any{"id", p.value(), "name", i.name(), "type", value.NewString(i.typ)}
	if v := i.env.text(i.node.GetFold("apiVersion"), "apiVersion of a resource"); v != nil {
		members = append(members, "apiVersion", v)
	}
	return object(members...)
}

func isFull(args []*value.Value, at int) bool {
	return len(args) > at && strings.EqualFold(args[at].Str, "full")
}

// referenced is what reference() gives for a resource: what the template sets,
// and unknown what it does not. It is nil where nothing is known.
func (i *instance) referenced(full bool) *value.Value {
	if c := i.condition(); c.Kind == value.Bool && !c.Bool {
		return nil
	}
	doubt := &value.Doubt{Reason: value.Reference, Expr: "reference('" + i.name().Str + "')", Origin: i.env.origin(i.node)}
	if i.isDeployment() && !i.existing() {
		properties := i.referencedDeployment(doubt)
		if properties == nil || !full {
			return properties
		}
		return open(doubt, []value.Member{{Name: "properties", Value: properties}, {Name: "name", Value: i.name()}})
	}
	if i.valueThunk.state == runs {
		return nil
	}
	p := i.place()
	head := []value.Member{
		{Name: "id", Value: p.value()}, {Name: "name", Value: i.name()}, {Name: "type", Value: value.NewString(i.typ)},
	}
	if i.existing() {
		if full {
			return open(doubt, head)
		}
		return nil
	}
	v := i.value()
	if full {
		return open(doubt, openMembers(doubt, append(head, v.Members...)))
	}
	properties := v.Get("properties")
	if properties == nil {
		return open(doubt, nil)
	}
	return openValue(doubt, i.withChildIDs(p, properties))
}

// withChildIDs gives the children that are written inside of the properties
// the ids that Azure gives them.
func (i *instance) withChildIDs(p place, properties *value.Value) *value.Value {
	for _, c := range inlineChildren[strings.ToLower(i.typ)] {
		at := properties.Find(c.property)
		if c.flat || at < 0 || properties.Members[at].Value.Kind != value.Array {
			continue
		}
		list := properties.Members[at].Value
		items := make([]*value.Value, len(list.Items))
		for k, item := range list.Items {
			items[k] = item
			name := item.Get("name")
			if item.Kind != value.Object || name == nil || name.Str == "" || item.Get("id") != nil {
				continue
			}
			child := place{id: p.id + "/" + c.child + "/" + name.Str, known: p.known && name.Kind == value.String}
			members := append(item.Members[:len(item.Members):len(item.Members)], value.Member{Name: "id", Value: child.value()})
			items[k] = like(item, value.NewObject(members))
		}
		members := append([]value.Member(nil), properties.Members...)
		members[at].Value = like(list, value.NewArray(items))
		properties = like(properties, value.NewObject(members))
	}
	return properties
}

// referencedDeployment is the properties of a deployment: its outputs are
// known where its template is.
func (i *instance) referencedDeployment(doubt *value.Doubt) *value.Value {
	u := i.nested()
	if u == nil {
		linked := *doubt
		linked.Reason = value.LinkedTemplate
		return value.NewUnknown(&linked)
	}
	if u.outputState == runs {
		return nil
	}
	return open(doubt, []value.Member{
		{Name: "outputs", Value: u.outputsValue()},
		{Name: "provisioningState", Value: value.NewString("Succeeded")},
	})
}

// open is an unknown object of which some members are known.
func open(doubt *value.Doubt, members []value.Member) *value.Value {
	return &value.Value{Kind: value.Unknown, Doubt: doubt, Members: members}
}

// openValue lets Azure add members and elements to what the template sets.
func openValue(doubt *value.Doubt, v *value.Value) *value.Value {
	switch v.Kind {
	case value.Object:
		o := open(doubt, openMembers(doubt, v.Members))
		o.Origin, o.Secret = v.Origin, v.Secret
		return o
	case value.Array:
		items := make([]*value.Value, len(v.Items))
		for k, item := range v.Items {
			items[k] = openValue(doubt, item)
		}
		return &value.Value{Kind: value.Unknown, Doubt: doubt, Items: items, Origin: v.Origin, Secret: v.Secret}
	}
	return v
}

func openMembers(doubt *value.Doubt, members []value.Member) []value.Member {
	opened := make([]value.Member, 0, len(members))
	for _, m := range members {
		m.Value = openValue(doubt, m.Value)
		opened = append(opened, m)
	}
	return opened
}

// elements are the items of an array, none of nil.
func elements(v *value.Value) []*value.Value {
	if v == nil {
		return nil
	}
	return v.Items
}
