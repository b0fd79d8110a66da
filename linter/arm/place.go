package arm

import (
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// place is where a resource is deployed and what its id is.
type place struct {
	id    string
	known bool
	// target is where the resource goes; for a deployment, where its own
	// resources go.
	target target
}

// value is the id as expressions see it.
func (p place) value() *value.Value {
	if p.known {
		return value.NewString(p.id)
	}
	v := unknownContext("resourceId()")
	v.Str = p.id
	return v
}

// place works out the id of a resource.
func (i *instance) place() place {
	if i.placed != nil {
		return *i.placed
	}
	i.placing = true
	defer func() { i.placing = false }()
	name := i.name()
	known := name.Kind == value.String
	if i.parent != nil {
		parent := i.parent.place()
		p := place{target: parent.target, known: known && parent.known}
		p.id = i.childID(parent.id, name.Str)
		i.placed = &p
		return p
	}
	to, extended, exact := i.destination()
	p := place{target: to}
	switch {
	case extended != "":
		p.id, p.known = resourceID(extended, i.typ, name.Str), known && exact
	default:
		p.id, p.known = to.idOf(i.typ, name.Str), known && exact && to.known()
	}
	i.placed = &p
	return p
}

// childID appends the segments that a child adds to its parent's id.
func (i *instance) childID(parent, name string) string {
	types := strings.Split(i.typ, "/")
	names := strings.Split(name, "/")
	from := strings.Count(i.parent.typ, "/") + 1
	id := parent
	for k := from; k < len(types); k++ {
		id += "/" + types[k]
		if k-1 < len(names) {
			id += "/" + names[k-1]
		}
	}
	return id
}

// destination reads scope, subscriptionId and resourceGroup of a resource. For
// an extension resource it returns the id of the resource that is extended.
// exact is false where that holds an unknown.
func (i *instance) destination() (to target, extended string, exact bool) {
	to = i.unit.target
	if s := i.env.text(i.node.GetFold("scope"), "scope of a resource"); s != nil {
		if s.Str == "" {
			return to, "/{scope of " + i.label() + i.unit.suffix() + "}", false
		}
		exact = s.Kind == value.String
		if next, ok := parseTarget(s, to); ok {
			return next, "", exact
		}
		if !strings.HasPrefix(s.Str, "/") {
			return to, to.base() + "/providers/" + s.Str, exact && to.known()
		}
		return to, strings.TrimRight(s.Str, "/"), exact
	}
	sub := i.env.text(i.node.GetFold("subscriptionId"), "subscriptionId of a resource")
	group := i.env.text(i.node.GetFold("resourceGroup"), "resourceGroup of a resource")
	if sub != nil && (sub.Str != "" || sub.Kind == value.Unknown) {
		to.subscription = i.standing(sub, "subscriptionId")
		to.scope = SubscriptionScope
	}
	if group != nil && (group.Str != "" || group.Kind == value.Unknown) {
		to.group = i.standing(group, "resourceGroup")
		to.scope = ResourceGroupScope
	}
	return to, "", true
}

// standing gives an unknown text without a stand-in one of its own.
func (i *instance) standing(v *value.Value, what string) *value.Value {
	if v.Str != "" {
		return v
	}
	named := *v
	named.Str = "{" + what + " of " + i.label() + i.unit.suffix() + "}"
	return &named
}

// isDeployment says whether a resource deploys a template of its own.
func (i *instance) isDeployment() bool {
	return strings.EqualFold(i.typ, "Microsoft.Resources/deployments")
}

// hasLoop says whether a resource is one of a loop's.
func (d *declaration) hasLoop() bool {
	n := d.node.GetFold("copy")
	return n != nil && n.Kind == source.Object
}
