package arm

import (
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm/expr"
	"github.com/aksnetlint/aksnetlint/linter/arm/value"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// frame is what the expressions of a template see: its parameters, variables,
// functions and type definitions, and where it is deployed. A nested template of outer
// scope has none of its own.
type frame struct {
	x    *expander
	file *source.File
	node *source.Node
	// name is the deployment's: a String, or Unknown.
	name *value.Value
	// root is set for the template that is expanded, unset for nested ones.
	root bool
	// label tells the stand-ins of a nested template from those of others.
	label string
	// within is the unit that holds the deployment of a nested template.
	within *unit
	// complete is set where all values that the deployment gives are known.
	complete bool
	target   target
	// address stands for the address that the template is deployed from.
	address string
	// chain are the loops and nested deployments that the template stands in.
	chain *value.Origin

	parameters map[string]*parameter
	order      []*parameter
	variables  map[string]*variable
	functions  map[string]*userFunction
	contexts   map[string]*value.Value
}

// variable is an entry of a template's variables.
type variable struct {
	name string
	// node is the value, or the loop that makes it.
	node *source.Node
	loop bool
	thunk
}

// newFrame reads the declarations of a template; given are the values of its
// parameters.
func (x *expander) newFrame(file *source.File, node *source.Node, to target, name *value.Value) *frame {
	f := &frame{
		x: x, file: file, node: node, target: to, name: name, address: linkBase,
		parameters: map[string]*parameter{}, variables: map[string]*variable{},
		functions: map[string]*userFunction{}, contexts: map[string]*value.Value{},
	}
	f.declareParameters(node.GetFold("parameters"))
	f.declareVariables(node.GetFold("variables"))
	f.declareFunctions(node.GetFold("functions"))
	return f
}

// env is the surroundings of an expression outside of loops and resources.
func (f *frame) env() *env { return &env{x: f.x, frame: f, chain: f.chain} }

// at is the origin of a part of the template's declarations.
func (f *frame) at(span source.Span) *value.Origin { return f.env().originFrom(span, nil) }

// newer says whether the template has languageVersion 2.0 or later, or one of
// the experimental versions before it (1.9, 1.10).
func (f *frame) newer() bool {
	v := f.node.GetFold("languageVersion")
	return v != nil && v.Text != "" && (v.Text[0] >= '2' || strings.HasPrefix(v.Text, "1.9") || strings.HasPrefix(v.Text, "1.1"))
}

func (f *frame) declareVariables(n *source.Node) {
	if n == nil {
		return
	}
	for i := range n.Fields {
		field := &n.Fields[i]
		if field.Overridden {
			continue
		}
		if loops := copyList(field); loops != nil {
			for _, l := range loops {
				if name := l.GetFold("name"); name != nil && name.Text != "" {
					f.variables[value.Fold(name.Text)] = &variable{name: name.Text, node: l, loop: true}
				}
			}
			continue
		}
		f.variables[value.Fold(field.Name)] = &variable{name: field.Name, node: field.Value}
	}
}

// variable returns the value of a variable, or nil where it is not declared.
func (f *frame) variable(name string) *value.Value {
	v := f.variables[value.Fold(name)]
	if v == nil {
		return nil
	}
	if known := f.x.known(&v.thunk); known != nil {
		return known
	}
	return f.x.force(&v.thunk, "variables('"+v.name+"')", f.at(v.node.Span), func() *value.Value {
		e := f.env()
		var got *value.Value
		if v.loop {
			got = e.copyArray(v.node, v.name, false)
		} else {
			got = e.node(v.node)
		}
		return named(got, value.Variable, v.name)
	})
}

// named returns v with its first origin marked as a step of that name.
func named(v *value.Value, step value.Step, name string) *value.Value {
	if v.Origin == nil {
		return v
	}
	o := *v.Origin
	o.Step, o.Name, o.Index = step, name, 0
	return v.WithOrigin(&o)
}

// textOf returns the text of a string that is no expression, "" otherwise.
func textOf(n *source.Node) string {
	if n == nil || n.Kind != source.String || expr.IsExpression(n.Text) {
		return ""
	}
	return expr.Unescape(n.Text)
}
