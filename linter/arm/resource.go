package arm

import (
	"slices"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// emit adds the resources of a unit to the deployment, with those of the
// templates nested in it.
func (u *unit) emit() {
	if u.emitted != fresh {
		return
	}
	u.emitted = runs
	for _, d := range u.declared {
		d.emit()
	}
	u.emitted = done
}

// emit adds the resources of a declaration.
func (d *declaration) emit() {
	if d.existing() {
		return
	}
	for _, i := range d.instances() {
		if i.typ != "" {
			i.emit()
		}
	}
}

func (i *instance) emit() {
	x := i.unit.x
	doubt := i.unit.doubt
	condition := i.condition()
	if condition.Kind == value.Unknown {
		doubt = value.Merge("", nil, condition.Doubt, doubt)
	}
	if condition.Kind != value.Bool || condition.Bool {
		if len(x.out.Resources) >= x.limits.Resources {
			x.fail(CodeLimit, i.env.origin(i.node), "there are more than %d resources; the rest is left out", x.limits.Resources)
			return
		}
		x.maybe(doubt != nil, func() {
			x.out.Resources = append(x.out.Resources, i.resource(doubt))
			if i.isDeployment() {
				i.emitNested(doubt)
			}
		})
	}
	for _, child := range i.childDeclarations() {
		child.emit()
	}
}

// maybe runs f; where it is uncertain whether what f computes is deployed at all,
// errors in it are uncertain too.
func (x *expander) maybe(uncertain bool, f func()) {
	if uncertain {
		x.budget.Speculate(f)
		return
	}
	f()
}

// resource describes an instance for the caller.
func (i *instance) resource(doubt *value.Doubt) *Resource {
	p := i.place()
	r := &Resource{
		ID: p.id, IDKnown: p.known, Type: i.typ, Name: i.name().Str,
		Value: i.value(), Existing: i.existing(), Conditional: doubt,
		Deployment: i.unit.id, Origin: i.env.origin(i.node),
	}
	if v := r.Value.Get("apiVersion"); v != nil && v.Kind == value.String {
		r.APIVersion = v.Str
	}
	return r
}

// notInValue are the members that say how a resource is deployed, not what it is.
var notInValue = []string{"copy", "condition", "resources", "existing", "comments", "type", "name"}

// value evaluates a resource as rules see it.
func (i *instance) value() *value.Value {
	if known := i.unit.x.known(&i.valueThunk); known != nil {
		return known
	}
	return i.unit.x.force(&i.valueThunk, i.label(), i.env.origin(i.node), func() *value.Value {
		var b value.Builder
		b.Grow(len(i.node.Fields) + 1)
		e := *i.env
		e.settled = true
		p := i.place()
		b.Set(value.Member{Name: "id", Value: value.NewString(p.id).WithOrigin(e.origin(i.node))})
		i.setHead(&b, "type", value.NewString(i.typ))
		name := i.name()
		i.setHead(&b, "name", name)
		for k := range i.node.Fields {
			f := &i.node.Fields[k]
			if f.Overridden || slices.ContainsFunc(notInValue, func(name string) bool { return strings.EqualFold(name, f.Name) }) {
				continue
			}
			var v *value.Value
			if i.isDeployment() && strings.EqualFold(f.Name, "properties") && f.Value.Kind == source.Object {
				v = e.deploymentProperties(f.Value)
			} else {
				v = e.node(f.Value)
			}
			if v.Kind == value.Null {
				continue
			}
			b.Set(value.Member{Name: f.Name, Value: v, NameSpan: f.NameSpan})
		}
		v := b.Object()
		v.Origin = e.origin(i.node)
		return v
	})
}

// setHead adds the type or the name, which are those of the whole resource,
// at the place where the template has them.
func (i *instance) setHead(b *value.Builder, name string, v *value.Value) {
	m := value.Member{Name: name, Value: v}
	for k := range i.node.Fields {
		f := &i.node.Fields[k]
		if !f.Overridden && strings.EqualFold(f.Name, name) {
			m.NameSpan = f.NameSpan
			if v.Origin == nil {
				m.Value = v.WithOrigin(i.env.origin(f.Value))
			}
		}
	}
	b.Set(m)
}

// deploymentProperties evaluates the properties of a deployment without its
// template and parameters, which are evaluated where they are used.
func (e *env) deploymentProperties(n *source.Node) *value.Value {
	var b value.Builder
	for k := range n.Fields {
		f := &n.Fields[k]
		switch value.Fold(f.Name) {
		case "template", "parameters":
			continue
		}
		if !f.Overridden {
			b.Set(value.Member{Name: f.Name, Value: e.node(f.Value), NameSpan: f.NameSpan})
		}
	}
	v := b.Object()
	v.Origin = e.origin(n)
	return v
}

// emitExisting adds the resources that the template only refers to, where
// their ids are known. What is wrong with one that nothing refers to is not told.
func (x *expander) emitExisting(u *unit) {
	was := x.mute
	x.mute = true
	defer func() { x.mute = was }()
	for _, d := range u.declared {
		if !d.existing() {
			continue
		}
		for _, i := range d.instances() {
			condition := i.condition()
			if i.typ == "" || condition.Kind == value.Bool && !condition.Bool || len(x.out.Resources) >= x.limits.Resources {
				continue
			}
			if name := i.name(); name.Kind == value.String || name.Doubt.Reason != value.TemplateError {
				x.out.Resources = append(x.out.Resources, i.resource(i.uncertain))
			}
		}
	}
}
