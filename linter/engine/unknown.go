package engine

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/aksnetlint/aksnetlint/linter/engine/internal/abstract"
)

// runUnknown judges an input that holds unknown values: violations that hang
// on none of them are hits, rules that hang on some are undecided.
func (ev *evaluation) runUnknown(ctx context.Context, input ast.Value, unknowns map[ast.Var]*Unknown, res *Result) {
	var out prints
	interpreter := ev.interpreter(input, &out)
	for _, q := range ev.view.rules {
		if ctx.Err() != nil {
			return
		}
		verdict, hanging, err := ev.interpret(ctx, interpreter, q)
		switch {
		case err == nil:
		case errors.Is(err, abstract.ErrUnsupported):
			hanging = slices.SortedFunc(maps.Keys(unknowns), func(a, b ast.Var) int {
				return cmp.Compare(unknowns[a].id.Load(), unknowns[b].id.Load())
			})
		case errors.Is(err, errRunaway) && len(hanging) > 0:
			// Too many alternatives to follow: the verdict hangs on the unknowns that
			// were looked at.
		case errors.Is(err, errRunaway):
			out.show(ev.engine.opts.Print)
			res.Failures = append(res.Failures, Failure{q.rule.ID, q.place, cut(err.Error(), maxMessage)})
			continue
		case len(hanging) == 0:
			// The rule failed before it looked at an unknown: what OPA makes of it
			// does not hang on them either.
			out.list = nil
			ev.runRule(ctx, q, res)
			continue
		}
		out.show(ev.engine.opts.Print)
		ev.addVerdict(q, verdict, hanging, unknowns, res)
	}
}

// interpreter is one for an input; out, where it is not nil, receives what rules print.
func (ev *evaluation) interpreter(input ast.Value, out *prints) *abstract.Interpreter {
	config := abstract.Config{
		Program: ev.view.program.references,
		Data:    ev.engine.data,
		Input:   input,
		Time:    ev.engine.opts.RuleTime,
	}
	if ev.engine.opts.Print != nil && out != nil {
		config.Print = out.add
	}
	return abstract.New(config)
}

// addVerdict adds what a rule finds, and that it is undecided where it hangs on
// unknowns.
func (ev *evaluation) addVerdict(q *query, verdict *ast.Term, hanging []ast.Var, unknowns map[ast.Var]*Unknown, res *Result) {
	ev.engine.addHits(res, q, verdict)
	if len(hanging) > 0 {
		res.Undecided = append(res.Undecided, undecided(q, hanging, unknowns))
	}
}

// errRunaway says that a rule crossed a bound.
var errRunaway = errors.New("evaluation crossed a bound")

// interpret evaluates one rule: its certain hits, and the unknowns that further
// ones hang on. After an error, hanging are the unknowns looked at so far.
func (ev *evaluation) interpret(ctx context.Context, in *abstract.Interpreter, q *query) (verdict *ast.Term, hanging []ast.Var, err error) {
	defer func() {
		if r := recover(); r != nil {
			verdict, hanging, err = nil, nil, fmt.Errorf("%w: %v", errRunaway, r)
		}
	}()
	members, touched, err := in.Verdict(ctx, q.deny)
	if err != nil {
		if errors.Is(err, abstract.ErrBudget) || errors.Is(err, context.DeadlineExceeded) || ctx.Err() != nil || in.Expired() {
			err = fmt.Errorf("%w: %w", errRunaway, err)
		}
		return nil, touched, err
	}
	hits := ast.NewSet()
	for _, m := range members {
		if m.Certain && m.Value.IsGround() {
			hits.Add(ast.NewTerm(m.Value))
			continue
		}
		if len(m.Unknowns) == 0 {
			return nil, nil, fmt.Errorf("%w: a violation hangs on nothing", abstract.ErrUnsupported)
		}
		for _, u := range m.Unknowns {
			if !slices.Contains(hanging, u) {
				hanging = append(hanging, u)
			}
		}
	}
	return ast.NewTerm(hits), hanging, nil
}

func undecided(q *query, hanging []ast.Var, unknowns map[ast.Var]*Unknown) Undecided {
	u := Undecided{Rule: q.rule.ID}
	for _, name := range hanging {
		if value := unknowns[name]; value != nil && !slices.Contains(u.Unknowns, value) {
			u.Unknowns = append(u.Unknowns, value)
		}
	}
	return u
}
