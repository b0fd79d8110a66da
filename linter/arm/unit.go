package arm

import (
	"strconv"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// unit is one deployed template: the one that is expanded, or a nested or
// linked one.
type unit struct {
	x    *expander
	node *source.Node
	// target is where the resources go. The expressions of an outer-scoped
	// template still see the target of env.frame.
	target target
	// env is what the resources and outputs see.
	env    *env
	parent *unit
	// id and name are those of the deployment resource, empty for the root.
	id, name string
	// label is the name with those of the deployments around it, and unlike that
	// of every other unit.
	label string
	depth int
	// doubt says why it is not known whether the template is deployed at all.
	doubt    *value.Doubt
	declared []*declaration
	// all and byType list the resources for look-ups.
	all         []*instance
	byType      map[string][]*instance
	emitted     thunkState
	outputState thunkState
	made        []Output
}

// declaration is one entry of a list of resources.
type declaration struct {
	unit   *unit
	node   *source.Node
	symbol string
	// parent is the resource that the declaration is a child of.
	parent *instance
	env    *env
	state  thunkState
	list   []*instance
}

// instance is one resource that a declaration makes: the only one, or one
// turn of its loop.
type instance struct {
	*declaration
	env   *env
	typ   string
	index int
	// uncertain says why it is not known whether there is such an instance: the count
	// of its loop is not known.
	uncertain *value.Doubt

	nameThunk, conditionThunk, valueThunk thunk
	children                              []*declaration
	haveChildren                          bool
	placed                                *place
	placing                               bool
	nestedState                           thunkState
	nestedUnit                            *unit
}

// declare reads the template's resources: a list, or an object of symbolic
// names.
func (u *unit) declare() {
	n := u.node.GetFold("resources")
	if n == nil {
		if u.parent == nil {
			u.x.fail(CodeTemplate, u.env.origin(u.node), "Required property 'resources' not found in JSON.")
		}
		return
	}
	u.declared = u.declarations(n, nil, u.env)
}

// declarations reads a list of resources, or an object of symbolic names.
func (u *unit) declarations(n *source.Node, parent *instance, e *env) []*declaration {
	var list []*declaration
	add := func(node *source.Node, symbol string) {
		if node.Kind != source.Object {
			u.x.fail(CodeResource, e.origin(node), "A resource must be an object.")
			return
		}
		if node.GetFold("import") != nil || node.GetFold("extension") != nil {
			return // a resource of another provider than Azure
		}
		list = append(list, &declaration{unit: u, node: node, symbol: symbol, parent: parent, env: e})
	}
	switch n.Kind {
	case source.Array:
		for _, item := range n.Items {
			add(item, "")
		}
	case source.Object:
		for _, f := range n.Fields {
			if !f.Overridden {
				add(f.Value, f.Name)
			}
		}
	case source.Null:
	default:
		u.x.fail(CodeTemplate, e.origin(n), "The resources of a template must be an array or an object.")
	}
	return list
}

// existing says whether the template only refers to the resource.
func (d *declaration) existing() bool { return isTrue(d.node.GetFold("existing")) }

// instances expands the loop of a declaration. While the loop is being
// expanded there are none.
func (d *declaration) instances() []*instance {
	if d.state != fresh {
		return d.list
	}
	d.state = runs
	typ := d.typeName()
	loop := d.node.GetFold("copy")
	if loop == nil || loop.Kind != source.Object {
		d.list = []*instance{{declaration: d, env: d.env, typ: typ}}
		d.state = done
		return d.list
	}
	name := ""
	if v := d.env.text(loop.GetFold("name"), "name of a copy loop"); v != nil {
		name = v.Str
	}
	count, unknown := d.env.count(loop.GetFold("count"))
	switch {
	case unknown != nil && unknown.Doubt.Reason == value.TemplateError:
	case unknown != nil:
		d.list = []*instance{{declaration: d, env: d.env.unknownTurn(name, true, unknown), typ: typ, uncertain: unknown.Doubt}}
	default:
		list := make([]*instance, count)
		for i := range list {
			list[i] = &instance{declaration: d, env: d.env.turn(name, int64(i), true, loop), typ: typ, index: i}
		}
		d.list = list
	}
	d.state = done
	return d.list
}

// typeName returns the full type of a declaration, "" where it has none. It is
// a literal in nearly all templates.
func (d *declaration) typeName() string {
	v := d.env.text(d.node.GetFold("type"), "type of a resource")
	if v == nil || v.Str == "" {
		if v == nil || v.Kind != value.Unknown {
			d.unit.x.fail(CodeResource, d.env.origin(d.node), "The type property cannot be null or empty.")
		}
		return ""
	}
	typ := strings.TrimRight(v.Str, "/")
	if d.parent == nil || d.isFullType(typ) {
		return typ
	}
	return d.parent.typ + "/" + typ
}

// isFullType says whether a child's type is written with its parent's.
func (d *declaration) isFullType(typ string) bool {
	p := d.parent.typ
	return len(typ) > len(p) && typ[len(p)] == '/' && strings.EqualFold(typ[:len(p)], p)
}

// name returns the full name of a resource: a String, or Unknown with a
// stand-in.
func (i *instance) name() *value.Value {
	if known := i.unit.x.known(&i.nameThunk); known != nil {
		return known
	}
	return i.unit.x.force(&i.nameThunk, "the name of "+i.label(), i.env.origin(i.node), func() *value.Value {
		n := i.node.GetFold("name")
		v := i.env.text(n, "name of a resource")
		if v == nil || v.Kind == value.String && v.Str == "" {
			v = i.unit.x.fail(CodeResource, i.env.origin(i.node), "The name property cannot be null or empty.")
		}
		if v.Secret && v.Kind == value.String {
			// Names and ids are printed: a secret must not be part of them.
			v = value.NewUnknown(&value.Doubt{Reason: value.SecretText, Expr: "the name of " + i.label(), Secret: true, Origin: v.Origin}).WithOrigin(v.Origin)
		}
		if v.Str == "" {
			named := *v
			named.Str = "{name of " + i.label() + i.unit.suffix() + "}"
			v = &named
		}
		if i.parent == nil {
			return i.fit(v, v.Str)
		}
		parent := i.parent.name()
		full := joined(joined(parent, value.NewString("/")), v).WithOrigin(v.Origin)
		if t := textOf(i.node.GetFold("type")); i.isFullType(t) && strings.Count(v.Str, "/") == strings.Count(t, "/")-1 {
			full = v
		}
		return i.fit(full, v.Str)
	})
}

// suffix tells the stand-ins of one deployment from another's.
func (u *unit) suffix() string {
	if u.label == "" {
		return ""
	}
	return " of " + u.label
}

// fit reports a name that has not the number of segments that the type wants.
func (i *instance) fit(name *value.Value, written string) *value.Value {
	if name.Kind != value.String || i.typ == "" || i.existing() {
		return name
	}
	if strings.Count(name.Str, "/") == strings.Count(i.typ, "/")-1 {
		return name
	}
	typ := i.typ
	if i.parent != nil {
		typ = textOf(i.node.GetFold("type"))
	}
	at := i.env.origin(i.node)
	if n := i.node.GetFold("name"); n != nil {
		at = i.env.origin(n)
	}
	i.unit.x.fail(CodeResource, at, "The template resource '%s' for type '%s' has incorrect segment lengths. A nested resource type must have identical number of segments as its resource name. A root resource type must have segment length one greater than its resource name.", written, typ)
	return name
}

// label names a resource in messages before its name is known.
func (i *instance) label() string {
	s := i.symbol
	if s == "" {
		s = i.typ
	}
	if s == "" {
		s = "a resource"
	}
	if i.node.GetFold("copy") != nil {
		s += "[" + strconv.Itoa(i.index) + "]"
	}
	return s
}

// condition evaluates whether the resource is deployed: a Bool or Unknown.
func (i *instance) condition() *value.Value {
	n := i.node.GetFold("condition")
	if n == nil {
		if i.uncertain != nil {
			return value.NewUnknown(i.uncertain)
		}
		return value.NewBool(true)
	}
	if known := i.unit.x.known(&i.conditionThunk); known != nil {
		return known
	}
	return i.unit.x.force(&i.conditionThunk, "the condition of "+i.label(), i.env.origin(n), func() *value.Value {
		v := i.env.node(n)
		switch {
		case v.Kind == value.Unknown:
			return v
		case v.Kind == value.String && strings.EqualFold(v.Str, "true"), v.Kind == value.String && strings.EqualFold(v.Str, "false"):
			v = value.NewBool(strings.EqualFold(v.Str, "true")).WithOrigin(v.Origin)
		case v.Kind != value.Bool:
			return i.unit.x.fail(CodeResource, v.Origin, "The condition of a resource must be a boolean.")
		}
		if v.Bool && i.uncertain != nil {
			return value.NewUnknown(i.uncertain)
		}
		return v
	})
}

// childDeclarations are the resources written inside of a resource.
func (i *instance) childDeclarations() []*declaration {
	if i.haveChildren {
		return i.children
	}
	i.haveChildren = true
	if n := i.node.GetFold("resources"); n != nil {
		i.children = i.unit.declarations(n, i, i.env)
	}
	return i.children
}
