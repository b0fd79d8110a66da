package arm

import (
	"strconv"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// emitNested adds what a deployment resource deploys.
func (i *instance) emitNested(doubt *value.Doubt) {
	u := i.nested()
	if u == nil {
		return
	}
	u.doubt = doubt
	u.emit()
}

// nested returns the template that a deployment resource deploys, nil where
// it cannot be read, or is being read.
func (i *instance) nested() *unit {
	if i.nestedState != fresh || i.unit.x.mute {
		return i.nestedUnit
	}
	i.nestedState = runs
	i.nestedUnit = i.readNested()
	i.nestedState = done
	if i.nestedUnit != nil {
		i.nestedUnit.declare()
	}
	return i.nestedUnit
}

func (i *instance) readNested() *unit {
	x := i.unit.x
	properties := i.node.GetFold("properties")
	template, file := properties.GetFold("template"), i.env.frame.file
	link := properties.GetFold("templateLink")
	if template == nil && link == nil {
		return nil
	}
	at := i.env.origin(i.node)
	if i.unit.depth >= x.limits.NestedDepth {
		x.fail(CodeLimit, at, "deployments are nested deeper than %d", x.limits.NestedDepth)
		return nil
	}
	if x.nested >= x.limits.Nested {
		x.fail(CodeLimit, at, "there are more than %d nested deployments", x.limits.Nested)
		return nil
	}
	x.nested++
	inner := i.innerScope(properties)
	step := value.NestedDeployment
	if template == nil {
		doc := i.env.linkedTemplate(link)
		if doc == nil {
			return nil
		}
		template, file, inner, step = doc.Root, doc.File, true, value.LinkedFile
	}
	if template.Kind != source.Object {
		x.fail(CodeTemplate, i.env.origin(template), "The template of a deployment must be an object.")
		return nil
	}
	p := i.place()
	u := &unit{
		x: x, node: template, target: p.target, parent: i.unit,
		id: p.id, name: i.name().Str, depth: i.unit.depth + 1,
	}
	u.label = x.label(strings.TrimPrefix(i.unit.label+"/"+u.name, "/"))
	chain := &value.Origin{File: i.env.frame.file, Span: i.node.Span, Step: step, Name: i.name().Str, From: i.env.chain}
	if inner {
		f := x.newFrame(file, template, u.target, i.name())
		f.chain, f.within, f.complete, f.label = chain, i.unit, true, u.label
		f.address = i.env.frame.address
		if step == value.LinkedFile {
			f.address = x.addressOf(file)
		}
		f.giveNested(i.env, properties)
		u.env = f.env()
	} else {
		e := *i.env
		e.chain, e.settled = chain, false
		u.env = &e
	}
	u.env.unit = u
	return u
}

// label makes a text unlike all labels before it.
func (x *expander) label(text string) string {
	x.labels[text]++
	if n := x.labels[text]; n > 1 {
		return text + "#" + strconv.Itoa(n)
	}
	return text
}

// innerScope says whether a nested template has parameters and variables of
// its own. Outer is the default of Azure.
func (i *instance) innerScope(properties *source.Node) bool {
	scope := i.env.text(properties.GetFold("expressionEvaluationOptions").GetFold("scope"), "scope of the evaluation of expressions")
	return scope != nil && strings.EqualFold(scope.Str, "inner")
}

// giveNested supplies the parameters of a nested template: an object of
// wrappers, or an expression that gives one. They are evaluated by the parent.
func (f *frame) giveNested(parent *env, properties *source.Node) {
	from := *parent
	from.settled = false
	if link := properties.GetFold("parametersLink"); link != nil {
		doc := from.linkedParameters(link)
		f.complete = doc != nil
		f.giveFile(doc)
	}
	n := properties.GetFold("parameters")
	if n == nil {
		return
	}
	if n.Kind == source.Object {
		for k := range n.Fields {
			field := &n.Fields[k]
			if !field.Overridden {
				at := from.originFrom(field.NameSpan, nil)
				f.give(field.Name, at, func() *value.Value { return from.wrapper(field, at) })
			}
		}
		return
	}
	v := from.node(n)
	switch v.Kind {
	case value.Object:
		for _, m := range v.Members {
			f.give(m.Name, v.Origin, func() *value.Value { return unwrap(m.Value, m.Name, v.Origin) })
		}
	case value.Unknown:
		f.complete = false
		for _, p := range f.order {
			p.given = func() *value.Value { return f.standIn(p, v) }
		}
	}
}

// wrapper evaluates the value that a nested deployment gives a parameter.
func (e *env) wrapper(field *source.Field, at *value.Origin) *value.Value {
	n := field.Value
	if n.Kind == source.Object {
		if v := n.GetFold("value"); v != nil {
			return named(e.node(v), value.NestedParameter, field.Name)
		}
		if n.GetFold("reference") != nil {
			o := *at
			o.Name = field.Name
			return keyVault(&o)
		}
	}
	return unwrap(e.node(n), field.Name, at)
}

// unwrap takes the value out of an evaluated wrapper.
func unwrap(v *value.Value, name string, at *value.Origin) *value.Value {
	switch v.Kind {
	case value.Object:
		if got := v.Get("value"); got != nil {
			return got
		}
		if v.Get("reference") != nil {
			o := *at
			o.Name = name
			return keyVault(&o)
		}
		return value.NewNull()
	case value.Unknown:
		for _, m := range v.Members {
			if strings.EqualFold(m.Name, "value") {
				return m.Value
			}
		}
	}
	return v
}

// emitNested lists the deployments inside of the template with their outputs.
func (x *expander) emitNested(u *unit) []*unit {
	var units []*unit
	var walk func(list []*declaration)
	walk = func(list []*declaration) {
		for _, d := range list {
			for _, i := range d.list {
				if n := i.nestedUnit; n != nil {
					units = append(units, n)
					x.out.Nested = append(x.out.Nested, &Nested{ID: n.id, Name: n.name, Outputs: n.outputs()})
					walk(n.declared)
				}
				walk(i.children)
			}
		}
	}
	walk(u.declared)
	return units
}
