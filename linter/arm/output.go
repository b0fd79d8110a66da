package arm

import (
	"github.com/aksnetlint/aksnetlint/linter/arm/value"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// outputs evaluates the outputs of a unit, once. While they are being
// evaluated there are none.
func (u *unit) outputs() []Output {
	if u.outputState != fresh {
		return u.made
	}
	u.outputState = runs
	found, tentative := u.x.found, u.x.tentative()
	var list []Output
	u.x.maybe(u.doubt != nil, func() {
		n := u.node.GetFold("outputs")
		if n == nil {
			return
		}
		for k := range n.Fields {
			f := &n.Fields[k]
			if f.Overridden {
				continue
			}
			if v := u.output(f); v != nil {
				list = append(list, Output{Name: f.Name, Value: v})
			}
		}
	})
	if tentative && u.x.found > found {
		u.outputState = fresh
		return list
	}
	u.made = list
	u.outputState = done
	return list
}

// output evaluates one output; nil where its condition is false.
func (u *unit) output(f *source.Field) *value.Value {
	n := f.Value
	if c := n.GetFold("condition"); c != nil {
		if v := u.env.node(c); v.Kind == value.Bool && !v.Bool {
			return nil
		}
	}
	var v *value.Value
	switch {
	case n.GetFold("copy") != nil && n.GetFold("copy").Kind == source.Object:
		v = u.env.copyArray(n.GetFold("copy"), f.Name, true)
	case n.GetFold("value") != nil:
		v = u.env.node(n.GetFold("value"))
	default:
		return u.x.fail(CodeTemplate, u.env.origin(n), "The output '%s' has no value.", f.Name)
	}
	if newTypeDef(u.env.frame.file, n, u.env.frame.node.GetFold("definitions")).secure() {
		v = secret(v)
	}
	return v
}

// outputsValue is what reference() gives as the outputs of a deployment.
func (u *unit) outputsValue() *value.Value {
	var b value.Builder
	for _, o := range u.outputs() {
		from := o.Value.Origin
		v := o.Value
		if from != nil {
			v = v.WithOrigin(&value.Origin{File: from.File, Span: from.Span, Step: value.OutputOf, Name: u.name, From: from.From})
		}
		typ := textOf(u.node.GetFold("outputs").GetFold(o.Name).GetFold("type"))
		b.Set(value.Member{Name: o.Name, Value: object("type", value.NewString(typ), "value", v)})
	}
	return b.Object()
}
