package function

import (
	"errors"

	"github.com/aksnetlint/aksnetlint/linter/arm/expr"
	"github.com/aksnetlint/aksnetlint/linter/arm/value"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// Evaluate returns the value of an expression. It never fails: an error is
// reported as a Diagnostic and makes the value unknown.
func Evaluate(in Input, x *expr.Expression) *value.Value {
	e := &evaluator{in: in, x: x}
	return e.eval(x.Root)
}

// evaluator evaluates one expression.
type evaluator struct {
	in Input
	x  *expr.Expression
	// frame is the innermost lambda around the node being evaluated.
	frame *frame
	// uncertain counts the branches around the node that may not be taken.
	uncertain int
	// reported are the errors reported so far: a lambda's body may fail
	// once for each element.
	reported map[Diagnostic]bool
}

// frame holds the variables of one lambda call.
type frame struct {
	names  []string
	values []*value.Value
	outer  *frame
}

// place is where an error or a doubt arises.
type place struct {
	span source.Span
	name string
}

func (e *evaluator) eval(node expr.Expr) *value.Value {
	if err := e.in.Budget.enterNode(); err != nil {
		return e.fail(place{span: node.Span()}, err)
	}
	defer e.in.Budget.leaveNode()
	switch node := node.(type) {
	case *expr.String:
		return value.NewString(node.Value)
	case *expr.Int:
		return value.NewInt(node.Value)
	case *expr.Float:
		return value.NewFloat(node.Value, node.Literal)
	case *expr.Call:
		return e.call(node)
	case *expr.Property:
		return e.property(node)
	case *expr.Index:
		return e.index(node)
	}
	return e.fail(place{span: source.Span{}}, errors.New("the expression has a node of an unknown type"))
}

// maybe evaluates a node on a branch that may not be taken.
func (e *evaluator) maybe(node expr.Expr) *value.Value {
	e.uncertain++
	defer func() { e.uncertain-- }()
	var result *value.Value
	e.in.Budget.Speculate(func() { result = e.eval(node) })
	return result
}

// apply evaluates the body of a lambda with its variables.
func (e *evaluator) apply(l *lambda, values ...*value.Value) (*value.Value, error) {
	if err := e.in.Budget.Enter(); err != nil {
		return nil, err
	}
	defer e.in.Budget.Leave()
	e.frame = &frame{names: l.names, values: values, outer: e.frame}
	defer func() { e.frame = e.frame.outer }()
	return e.eval(l.body), nil
}

// lambdaVariable returns the nearest variable of that name, or nil.
func (e *evaluator) lambdaVariable(name string) *value.Value {
	for f := e.frame; f != nil; f = f.outer {
		for i, n := range f.names {
			if i < len(f.values) && value.Fold(n) == value.Fold(name) {
				return f.values[i]
			}
		}
	}
	return nil
}

func (e *evaluator) env() Env        { return e.in.Env }
func (e *evaluator) budget() *Budget { return e.in.Budget }

// origin is the place in the file of a span.
func (e *evaluator) origin(span source.Span) *value.Origin {
	if e.in.Origin == nil {
		return nil
	}
	return e.in.Origin(span)
}

// fail reports an error and returns the unknown value that stands for it.
func (e *evaluator) fail(at place, err error) *value.Value {
	d := Diagnostic{
		Span: at.span, Message: err.Error(), Function: at.name,
		Limit: errors.Is(err, ErrLimit), Uncertain: e.uncertain > 0,
	}
	if !e.reported[d] && e.in.Report != nil {
		if e.reported == nil {
			e.reported = map[Diagnostic]bool{}
		}
		e.reported[d] = true
		placed := d
		placed.Origin = e.origin(at.span)
		e.in.Report(placed)
	}
	reason := value.TemplateError
	if d.Limit {
		reason = value.Limit
	}
	return e.doubt(reason, at.span)
}

// doubt returns a value that is not known for a reason of its own.
func (e *evaluator) doubt(reason value.Reason, span source.Span) *value.Value {
	return value.NewUnknown(&value.Doubt{
		Reason: reason, Expr: e.source(span), Origin: e.origin(span), Secret: reason == value.ListSecret,
	})
}

func (e *evaluator) source(span source.Span) string {
	if span.Start < 0 || span.End > len(e.x.Text) || span.Start >= span.End {
		return ""
	}
	return e.x.Text[span.Start:span.End]
}

// unknown returns the value of a node that hangs on unknown ones. standIn may
// be empty.
func (e *evaluator) unknown(span source.Span, standIn string, doubts ...*value.Doubt) *value.Value {
	d := value.Merge(e.source(span), e.origin(span), doubts...)
	if d == nil {
		return e.doubt(value.TemplateError, span)
	}
	v := value.NewUnknown(d)
	v.Str = standIn
	return v
}
