package abstract

import (
	"context"
	"errors"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// What print() writes for a value that is not known, and for one that is not there.
const (
	unknownText   = "<unknown>"
	undefinedText = "<undefined>"
)

// print hands the text of a print() call to Config.Print. The compiler makes of each
// operand a set of its values. Whether they can be followed does not change the
// verdict, and to print a value is not to look at it.
func (f *frame) print(operands *ast.Term, loc *ast.Location) error {
	if f.in.print == nil {
		return nil
	}
	touched, mark := f.in.touched, f.mark()
	var words []string
	err := f.term(operands, certain, func(v ast.Value, _ state) error {
		words = words[:0]
		if list, ok := v.(*ast.Array); ok {
			list.Foreach(func(t *ast.Term) { words = append(words, f.in.printed(t.Value)) })
		}
		return errStop
	})
	f.in.touched = touched
	f.undo(mark)
	if errors.Is(err, ErrBudget) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	if len(words) == 0 {
		words = []string{unknownText}
	}
	f.in.print(loc, strings.Join(words, " "))
	return nil
}

// printed is the text of one operand.
func (in *Interpreter) printed(operand ast.Value) string {
	members, ok := in.membersOf(operand)
	if !ok {
		return unknownText
	}
	if len(members) == 0 {
		return undefinedText
	}
	var words []string
	for _, m := range members {
		if text, ok := m.val.(ast.String); ok {
			words = append(words, string(text))
			continue
		}
		words = append(words, written(m.val))
	}
	return strings.Join(words, " ")
}

// written is a value as Rego, with a text for what in it is not known.
func written(v ast.Value) string {
	switch v := v.(type) {
	case ast.Var:
		return unknownText
	case *ast.Array:
		var items []string
		v.Foreach(func(t *ast.Term) { items = append(items, written(t.Value)) })
		return "[" + strings.Join(items, ", ") + "]"
	case ast.Object:
		var items []string
		v.Foreach(func(k, t *ast.Term) { items = append(items, written(k.Value)+": "+written(t.Value)) })
		return "{" + strings.Join(items, ", ") + "}"
	}
	return v.String()
}
