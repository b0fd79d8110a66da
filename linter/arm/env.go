package arm

import (
	"github.com/aksnetlint/aksnetlint/linter/arm/function"
	"github.com/aksnetlint/aksnetlint/linter/arm/value"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// env is what one expression sees. It implements function.Env.
type env struct {
	x     *expander
	frame *frame
	// unit is where reference() looks for resources; nil outside of resources
	// and outputs.
	unit  *unit
	loops *loop
	// args are the arguments of the user function that is evaluated.
	args *arguments
	// chain are the loops and nested deployments, innermost first.
	chain *value.Origin
	// settled is set for the text of resources: values are made ready for rules.
	settled bool
}

// Parameter implements function.Env.
func (e *env) Parameter(name string) (*value.Value, error) {
	if e.args != nil {
		return e.args.get(name)
	}
	if v := e.frame.parameter(name); v != nil {
		return v, nil
	}
	return nil, function.ErrParameter(name)
}

// Variable implements function.Env.
func (e *env) Variable(name string) (*value.Value, error) {
	if e.args != nil && !e.frame.newer() {
		return nil, errNotInFunction("variables")
	}
	if v := e.frame.variable(name); v != nil {
		return v, nil
	}
	return nil, function.ErrVariable(name)
}

// CopyIndex implements function.Env.
func (e *env) CopyIndex(name string) (*value.Value, error) {
	for l := e.loops; l != nil; l = l.outer {
		if name == "" && l.whole || name != "" && value.Fold(name) == value.Fold(l.name) {
			return l.turn, nil
		}
	}
	// In a lone loop over a property or variable the name may be left out.
	if name == "" && e.loops != nil && e.loops.outer == nil {
		return e.loops.turn, nil
	}
	if name == "" {
		return nil, function.ErrLocation("copyIndex")
	}
	return nil, function.EngineErrorf("The template function 'copyIndex' has an invalid argument. The provided copy name '%s' doesn't exist in the resource.", name)
}

// Context implements function.Env.
func (e *env) Context(name string) (*value.Value, error) { return e.frame.context(name) }

// Scope implements function.Env.
func (e *env) Scope() function.Scope {
	switch e.frame.target.scope {
	case SubscriptionScope:
		return function.Subscription
	case ManagementGroupScope:
		return function.ManagementGroup
	case TenantScope:
		return function.Tenant
	}
	return function.ResourceGroup
}

// Resolve implements function.Env.
func (e *env) Resolve(name string, args []*value.Value) (*value.Value, error) {
	if e.args != nil {
		return nil, errNotInFunction(name)
	}
	if e.unit == nil || len(args) == 0 {
		return nil, nil
	}
	// What is read of other resources hangs on much.
	e.x.reads |= anything
	switch value.Fold(name) {
	case "reference":
		return e.unit.reference(args), nil
	case "references":
		return e.unit.references(args), nil
	case "resourceinfo":
		return e.unit.resourceInfo(args), nil
	}
	return nil, nil
}

// CallUser implements function.Env.
func (e *env) CallUser(namespace, name string, args []*value.Value) (*value.Value, error) {
	f := e.frame.functions[value.Fold(namespace+"."+name)]
	if f == nil {
		return nil, function.ErrFunction(namespace + "." + name)
	}
	if e.args != nil && !e.frame.newer() {
		return nil, errNotInFunction(f.name)
	}
	return f.call(e, args)
}

func errNotInFunction(name string) error {
	return function.EngineErrorf("These function calls are not supported in a function definition: '%s'.", name)
}

// userFunction is a member of a template's functions.
type userFunction struct {
	name       string
	parameters []string
	output     *source.Node
}

// arguments are those of one call of a user function.
type arguments struct {
	names  []string
	values []*value.Value
}

func (a *arguments) get(name string) (*value.Value, error) {
	for i, n := range a.names {
		if value.Fold(n) == value.Fold(name) && i < len(a.values) {
			return a.values[i], nil
		}
	}
	return nil, function.ErrParameter(name)
}

func (f *frame) declareFunctions(n *source.Node) {
	if n == nil {
		return
	}
	for _, space := range n.Items {
		namespace := space.GetFold("namespace")
		members := space.GetFold("members")
		if namespace == nil || members == nil {
			continue
		}
		for _, m := range members.Fields {
			u := &userFunction{name: namespace.Text + "." + m.Name, output: m.Value.GetFold("output").GetFold("value")}
			if list := m.Value.GetFold("parameters"); list != nil {
				for _, p := range list.Items {
					u.parameters = append(u.parameters, textOf(p.GetFold("name")))
				}
			}
			f.functions[value.Fold(u.name)] = u
		}
	}
}

// call evaluates a user function. It sees its arguments and, in newer
// templates, the variables.
func (u *userFunction) call(from *env, args []*value.Value) (*value.Value, error) {
	if len(args) != len(u.parameters) {
		return nil, function.EngineErrorf("The template function '%s' expects '%d' argument(s), but '%d' were provided.", u.name, len(u.parameters), len(args))
	}
	if u.output == nil {
		return nil, function.EngineErrorf("The template function '%s' has no output value.", u.name)
	}
	if err := from.x.budget.Enter(); err != nil {
		return nil, err
	}
	defer from.x.budget.Leave()
	in := from.frame.env()
	in.args = &arguments{names: u.parameters, values: args}
	return in.node(u.output), nil
}
