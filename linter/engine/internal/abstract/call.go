package abstract

import (
	"fmt"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/metrics"
	"github.com/open-policy-agent/opa/v1/topdown"
	"github.com/open-policy-agent/opa/v1/topdown/builtins"

	"github.com/aksnetlint/aksnetlint/linter/engine/internal/pack"
)

// cancel tells built-ins that their time is over.
type cancel struct{ in *Interpreter }

func (c cancel) Cancel()         {}
func (c cancel) Cancelled() bool { return c.in.expired() != nil }

func builtinContext(in *Interpreter) topdown.BuiltinContext {
	return topdown.BuiltinContext{
		Context: in.ctx,
		Cancel:  cancel{in},
		Metrics: metrics.NoOp(),
		Time:    ast.NumberTerm("0"),
		Cache:   builtins.Cache{},
	}
}

// callExpr evaluates an expression op(args...) or op(args..., output).
func (f *frame) callExpr(terms []*ast.Term, loc *ast.Location, st state, k yield) error {
	fn := f.in.target(terms[0])
	args := terms[1:]
	switch {
	case fn == nil:
		return unsupported("function "+terms[0].String(), loc)
	case fn.unifies && len(args) == 2:
		return f.unify(args[0], args[1], st, k)
	case fn.prints:
		if err := f.print(args[0], loc); err != nil {
			return err
		}
		return k(st)
	case len(args) < fn.arity:
		return unsupported("number of arguments", loc)
	}
	return f.args(args[:fn.arity], 0, nil, st, func(vals []ast.Value, st state) error {
		return f.results(fn, vals, loc, func(v ast.Value, m state) error {
			return f.output(v, args[fn.arity:], st.and(m), k)
		})
	})
}

// results calls k for each result of a function.
func (f *frame) results(fn *function, args []ast.Value, loc *ast.Location, k yieldValue) error {
	if fn.node == nil {
		return f.callBuiltin(fn, args, loc, k)
	}
	results, err := f.in.callFunction(fn, args)
	if err != nil {
		return err
	}
	for _, o := range results {
		if err := k(o.val, o.st); err != nil {
			return err
		}
	}
	return nil
}

// output hands a call's result to its output term, or takes it as a
// statement.
func (f *frame) output(v ast.Value, out []*ast.Term, st state, k yield) error {
	if len(out) == 0 {
		return f.holds(v, st, k)
	}
	if !f.isPattern(out[0]) {
		return f.term(out[0], st, func(o ast.Value, st state) error { return f.equal(o, v, st, k) })
	}
	return f.matchUndo(out[0], v, st, k)
}

func (f *frame) args(terms []*ast.Term, i int, done []ast.Value, st state, k func([]ast.Value, state) error) error {
	if i == len(terms) {
		return k(done, st)
	}
	return f.term(terms[i], st, func(v ast.Value, st state) error {
		return f.args(terms, i+1, append(done[:i:i], v), st, k)
	})
}

// callFunction evaluates a function once for the same arguments, of which it keeps a
// copy.
func (in *Interpreter) callFunction(fn *function, args []ast.Value) ([]outcome, error) {
	node := fn.node
	key := callKey{node: node}
	for _, a := range args {
		key.hash = key.hash*31 + a.Hash()
	}
	for c := in.world.calls[key]; c != nil; c = c.next {
		if sameValues(c.args, args) {
			if c.busy {
				return nil, fmt.Errorf("%w: recursion", ErrUnsupported)
			}
			in.touch(c.touched)
			return c.results, nil
		}
	}
	if err := in.enter(); err != nil {
		return nil, err
	}
	defer in.leave()
	keptKey, keep := keptKeyOf(fn, args)
	if keep {
		if found, ok := in.program.kept.results.Load(keptKey); ok {
			in.steps += found.(kept).steps
			return found.(kept).outcomes, nil
		}
	}
	steps := in.steps
	world := in.world
	c := &call{args: slices.Clone(args), busy: true, next: world.calls[key]}
	world.calls[key] = c
	before := in.touched
	in.touched = nil
	results, err := in.singleValue(pack.RulesAt(node), args)
	c.results, c.touched, c.busy = results, in.touched, false
	in.touched = before.union(c.touched)
	if err != nil {
		// What failed is not remembered: another rule must fail by itself.
		world.forget(key, c)
		return nil, err
	}
	if keep && len(c.touched) == 0 && settledOutcomes(results) {
		in.program.keep(keptKey, kept{results, in.steps - steps})
	}
	return results, nil
}

// forget takes a call out of what is remembered.
func (w *world) forget(key callKey, c *call) {
	if w.calls[key] == c {
		w.calls[key] = c.next
		return
	}
	for before := w.calls[key]; before != nil; before = before.next {
		if before.next == c {
			before.next = c.next
			return
		}
	}
}

func sameValues(a, b []ast.Value) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !same(a[i], b[i]) {
			return false
		}
	}
	return true
}

// same compares by identity first: whole inputs are passed to functions.
func same(a, b ast.Value) bool {
	switch a := a.(type) {
	case *ast.Array:
		if b, ok := b.(*ast.Array); ok && a == b {
			return true
		}
	case ast.Object:
		if b, ok := b.(ast.Object); ok && a == b {
			return true
		}
	}
	return a.Compare(b) == 0
}

// callBuiltin calls k for each result of a built-in function.
func (f *frame) callBuiltin(fn *function, args []ast.Value, loc *ast.Location, k yieldValue) error {
	if fn.relation {
		if known(args) {
			results, err := f.in.run(fn.decl, args, loc)
			for _, v := range results {
				if err == nil {
					err = k(v, certain)
				}
			}
			return err
		}
		if fn.decl.Name == ast.WalkBuiltin.Name {
			return f.walkTree(args[0], nil, certain, k)
		}
	}
	v, st, n, err := f.in.builtinValue(fn, args, loc)
	if err != nil || n == none {
		return err
	}
	return k(v, st)
}

// builtinValue is the result of a built-in function that has at most one.
// Arguments that are known go to the function itself.
func (in *Interpreter) builtinValue(fn *function, args []ast.Value, loc *ast.Location) (ast.Value, state, solutions, error) {
	if known(args) || fn.passive && !in.anyVar(args) {
		results, err := in.run(fn.decl, args, loc)
		if err != nil || len(results) == 0 {
			return nil, certain, none, err
		}
		return results[len(results)-1], certain, single, nil
	}
	if fn.refined != nil {
		v, st, handled := fn.refined(in, args)
		switch {
		case handled && v == nil:
			return nil, certain, none, nil
		case handled:
			return v, st, single, nil
		}
	}
	t := in.taints(args)
	in.touch(t)
	return in.derive(resultKind(fn.decl), t), certain.hanging(t), single, nil
}

// known reports whether all values are.
func known(values []ast.Value) bool {
	for _, v := range values {
		if !ground(v) {
			return false
		}
	}
	return true
}

// builtinCall is one call of a built-in function, in one piece of memory for the few
// arguments and the one result that most have.
type builtinCall struct {
	terms    [3]ast.Term
	operands [3]*ast.Term
	result   [1]ast.Value
	results  []ast.Value
}

func (c *builtinCall) add(t *ast.Term) error {
	if t != nil {
		c.results = append(c.results, t.Value)
	} else {
		c.results = append(c.results, ast.Boolean(true))
	}
	return nil
}

// run is what the function gives for arguments that it does not look into further than
// they are known.
func (in *Interpreter) run(decl *ast.Builtin, args []ast.Value, loc *ast.Location) ([]ast.Value, error) {
	fn := topdown.GetBuiltin(decl.Name)
	if fn == nil {
		return nil, unsupported("function "+decl.Name, loc)
	}
	c := &builtinCall{}
	c.results = c.result[:0]
	operands := c.operands[:0]
	for i, a := range args {
		if i < len(c.terms) {
			c.terms[i].Value = a
			operands = append(operands, &c.terms[i])
		} else {
			operands = append(operands, ast.NewTerm(a))
		}
	}
	bctx := in.bctx
	bctx.Location = loc
	if err := fn(bctx, operands, c.add); err != nil {
		return nil, fmt.Errorf("%s: %w", decl.Name, err)
	}
	return c.results, nil
}

// walkTree yields [path, value] for a value and all that is in it.
func (f *frame) walkTree(v ast.Value, path []*ast.Term, st state, k yieldValue) error {
	if err := f.in.step(); err != nil {
		return err
	}
	here := ast.NewArray(ast.NewTerm(ast.NewArray(path...)), ast.NewTerm(v))
	if err := k(here, st); err != nil {
		return err
	}
	if i := f.in.unknown(v); i != nil && !i.closed {
		if i.kind != anyKind && i.kind < arrayKind {
			return nil
		}
		below := ast.NewArray(ast.NewTerm(f.in.derive(arrayKind, i.taint)), ast.NewTerm(f.in.derive(anyKind, i.taint)))
		return k(below, st.severally(i.taint))
	}
	return f.iterate(v, func(key, val ast.Value, m state) error {
		return f.walkTree(val, append(path[:len(path):len(path)], ast.NewTerm(key)), st.and(m), k)
	})
}
