package engine

import (
	"context"
	"errors"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/aksnetlint/aksnetlint/linter/engine/internal/abstract"
)

// Most of what a template deploys no rule looks at, and to convert it is a good part
// of the work. So parts of an input may be withheld: a rule that does not look at one
// says the same whatever it is. Where a rule does look, Eval returns ErrWithheld, and is
// to be called again with an input from which nothing is withheld.

// ErrWithheld says that a part of the input that was withheld is needed.
var ErrWithheld = errors.New("a part of the input that was withheld is needed")

// WithheldObject stands for an object of an input, whatever is in it. Values that differ
// must have different numbers in one input.
func WithheldObject(number int) Value {
	return Value{value: abstract.WithheldObject(number), withheld: true}
}

// Withholds says whether anything can be withheld from the rules: custom ones may
// print whatever they see.
func (e *Engine) Withholds() bool { return !e.custom }

// withheld says whether parts of the input were withheld.
func (in Input) withheld() bool {
	return slices.ContainsFunc([]*Document{in.Resource, in.Deployment, in.Workspace}, func(d *Document) bool { return d != nil && d.withheld })
}

// runWithheld is runUnknown for an input with parts that were withheld.
func (ev *evaluation) runWithheld(ctx context.Context, input ast.Value, unknowns map[ast.Var]*Unknown, res *Result) error {
	if len(unknowns) == 0 || !ev.engine.Withholds() {
		return ErrWithheld
	}
	interpreter := ev.interpreter(input, nil)
	for _, q := range ev.view.rules {
		if ctx.Err() != nil {
			return nil
		}
		verdict, hanging, err := ev.interpret(ctx, interpreter, q)
		if err != nil || interpreter.Touched(abstract.Withheld) || slices.Contains(hanging, abstract.Withheld) {
			return ErrWithheld
		}
		ev.addVerdict(q, verdict, hanging, unknowns, res)
	}
	return nil
}
