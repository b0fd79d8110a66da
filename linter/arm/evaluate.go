package arm

import (
	"errors"
	"strconv"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm/expr"
	"github.com/aksnetlint/aksnetlint/linter/arm/function"
	"github.com/aksnetlint/aksnetlint/linter/arm/value"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// origin is where a node stands, with the loops and nested deployments that it
// is evaluated in.
func (e *env) origin(n *source.Node) *value.Origin { return e.originFrom(n.Span, nil) }

// originFrom is the origin of a span of the template whose value came from
// another place. The innermost loop or nested deployment names the step.
func (e *env) originFrom(span source.Span, from *value.Origin) *value.Origin {
	o := &value.Origin{File: e.frame.file, Span: span, From: from}
	if e.chain != nil {
		o.Step, o.Name, o.Index = e.chain.Step, e.chain.Name, e.chain.Index
		if from == nil {
			o.From = e.chain.From
		}
	}
	return o
}

// node evaluates a part of the template.
func (e *env) node(n *source.Node) *value.Value {
	if err := e.x.budget.Step(1); err != nil {
		return e.x.fail(CodeLimit, e.origin(n), "%v", err)
	}
	switch n.Kind {
	case source.String:
		if !expr.IsExpression(n.Text) {
			return e.place(n, value.Value{Kind: value.String, Str: expr.Unescape(n.Text)})
		}
	case source.Array, source.Object:
	default:
		return e.place(n, number(n))
	}
	if v := e.reused(n); v != nil {
		return v
	}
	switch n.Kind {
	case source.Array:
		return e.evaluated(n, e.array)
	case source.Object:
		return e.evaluated(n, e.object)
	}
	return e.evaluated(n, e.expression)
}

// array evaluates an array.
func (e *env) array(n *source.Node) *value.Value {
	items := make([]*value.Value, len(n.Items))
	for i, item := range n.Items {
		items[i] = e.node(item)
	}
	v := value.NewArray(items)
	v.Origin = e.origin(n)
	return v
}

// place gives a new value its origin.
func (e *env) place(n *source.Node, v value.Value) *value.Value {
	placed := &struct {
		value  value.Value
		origin value.Origin
	}{value: v, origin: *e.origin(n)}
	placed.value.Origin = &placed.origin
	return &placed.value
}

// number reads a scalar that is no string.
func number(n *source.Node) value.Value {
	switch n.Kind {
	case source.Bool:
		return value.Value{Kind: value.Bool, Bool: n.Text == "true"}
	case source.Int:
		if i, err := strconv.ParseInt(n.Text, 10, 64); err == nil {
			return value.Value{Kind: value.Int, Int: i}
		}
		fallthrough
	case source.Float:
		f, _ := strconv.ParseFloat(n.Text, 64)
		return *value.NewFloat(f, n.Text)
	}
	return value.Value{Kind: value.Null}
}

// expression evaluates a string that is an expression. The value's first
// origin is the string; From leads to where the value was written.
func (e *env) expression(n *source.Node) *value.Value {
	parsed, failed := e.parse(n)
	if failed != nil {
		return failed
	}
	v := function.Evaluate(e.input(n), parsed)
	placed := v.WithOrigin(e.originFrom(n.Span, v.Origin))
	if e.settled {
		return settle(placed)
	}
	return placed
}

// input is what the expression of a node is evaluated with.
func (e *env) input(n *source.Node) function.Input {
	return function.Input{
		Env: e, Budget: e.x.budget,
		Origin: func(s source.Span) *value.Origin { return e.originFrom(textSpan(n, s), nil) },
		Report: e.x.reportExpression,
	}
}

// textSpan maps a span of a string's text to the file.
func textSpan(n *source.Node, s source.Span) source.Span {
	start := n.TextOffset(s.Start)
	return source.Span{Start: start, End: max(n.TextOffset(s.End), start)}
}

// expressionReporter reports what is wrong with an expression.
func expressionReporter(x *expander) func(function.Diagnostic) {
	return func(d function.Diagnostic) {
		out := Diagnostic{Code: CodeExpression, Message: d.Message, Origin: d.Origin}
		switch {
		case d.Limit:
			out.Code = CodeLimit
		case d.Uncertain || x.budget.Speculating():
			out.Severity = Note
		}
		x.report(out)
	}
}

// parse parses the expression of a node; one that does not parse is reported,
// and the value that stands for it returned.
func (e *env) parse(n *source.Node) (*expr.Expression, *value.Value) {
	// Nodes outside of loops and functions are seen once in an expansion.
	again := e.loops != nil || e.args != nil || e.x.opts.Reuse != nil
	if again {
		if parsed := e.x.parsed[n]; parsed != nil {
			return parsed, nil
		}
	}
	parsed, err := expr.Parse(n.Text)
	if err != nil {
		span := n.Span
		var at *expr.Error
		if errors.As(err, &at) {
			span = textSpan(n, at.Span)
		}
		return nil, e.x.fail(CodeExpression, e.originFrom(span, nil), "%v", err)
	}
	if again {
		e.x.parsed[n] = parsed
	}
	return parsed, nil
}

// object evaluates an object: names may be expressions, and a member copy that
// is a list of loops makes members of its own.
func (e *env) object(n *source.Node) *value.Value {
	var b value.Builder
	b.Grow(len(n.Fields))
	var missing *value.Value // a member whose name is not known
	for i := range n.Fields {
		f := &n.Fields[i]
		if f.Overridden {
			continue
		}
		if loops := copyList(f); loops != nil {
			for _, loop := range loops {
				e.propertyCopy(loop, &b)
			}
			continue
		}
		name := f.Name
		if expr.IsExpression(name) || strings.HasPrefix(name, "[[") {
			key := e.name(f)
			if key.Str == "" && key.Kind == value.Unknown {
				missing = key
				continue
			}
			name = key.Str
		}
		v := e.node(f.Value)
		if e.settled && v.Kind == value.Null {
			continue
		}
		b.Set(value.Member{Name: name, Value: v, NameSpan: f.NameSpan})
	}
	v := b.Object()
	if missing != nil {
		v = &value.Value{Kind: value.Unknown, Doubt: missing.Doubt, Secret: missing.Secret, Members: v.Members}
	}
	v.Origin = e.origin(n)
	return v
}

// name evaluates the name of a member.
func (e *env) name(f *source.Field) *value.Value {
	n := &source.Node{Kind: source.String, Text: f.Name, Style: source.Quoted, Span: f.NameSpan}
	v := e.unsettled().node(n)
	if v.Kind == value.String || v.Kind == value.Unknown {
		return v
	}
	return e.x.fail(CodeTemplate, e.origin(n), "The name of a property must be a string.")
}

// unsettled is e for what is no part of a resource as rules see it.
func (e *env) unsettled() *env {
	if !e.settled {
		return e
	}
	plain := *e
	plain.settled = false
	return &plain
}

// text evaluates a node that must be a string. It returns nil for one that is
// absent.
func (e *env) text(n *source.Node, what string) *value.Value {
	if n == nil {
		return nil
	}
	v := e.unsettled().node(n)
	switch v.Kind {
	case value.String, value.Unknown:
		return v
	case value.Null:
		return nil
	}
	return e.x.fail(CodeTemplate, v.Origin, "The %s must be a string.", what)
}
