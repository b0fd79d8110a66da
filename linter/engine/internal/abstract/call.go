package abstract

import (
	"context"
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/metrics"
	"github.com/open-policy-agent/opa/v1/topdown"
	"github.com/open-policy-agent/opa/v1/topdown/builtins"

	"github.com/aksnetlint/aksnetlint/linter/engine/internal/pack"
)

// contextCancel tells built-ins that the context is done.
type contextCancel struct{ ctx context.Context }

func (c contextCancel) Cancel()         {}
func (c contextCancel) Cancelled() bool { return c.ctx.Err() != nil }

func builtinContext(ctx context.Context) topdown.BuiltinContext {
	return topdown.BuiltinContext{
		Context: ctx,
		Cancel:  contextCancel{ctx},
		Metrics: metrics.NoOp(),
		Time:    ast.NumberTerm("0"),
		Cache:   builtins.Cache{},
	}
}

// callExpr evaluates an expression op(args...) or op(args..., output).
func (f *frame) callExpr(terms []*ast.Term, loc *ast.Location, st state, k yield) error {
	op, ok := terms[0].Value.(ast.Ref)
	if !ok {
		return unsupported("call", loc)
	}
	args := terms[1:]
	name := op.String()
	if op[0].Equal(ast.DefaultRootDocument) {
		return f.callRule(op, terms, loc, st, k)
	}
	switch name {
	case ast.Equality.Name, ast.Assign.Name:
		if len(args) == 2 {
			return f.unify(args[0], args[1], st, k)
		}
	case ast.InternalPrint.Name:
		if err := f.print(args[0], loc); err != nil {
			return err
		}
		return k(st)
	}
	decl := f.in.builtin(name)
	if decl == nil {
		return unsupported("function "+name, loc)
	}
	n := decl.Decl.Arity()
	if len(args) < n {
		return unsupported("number of arguments", loc)
	}
	return f.args(args[:n], 0, nil, st, func(vals []ast.Value, st state) error {
		return f.callBuiltin(decl, vals, loc, func(v ast.Value, m state) error {
			return f.output(v, args[n:], st.and(m), k)
		})
	})
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

// builtin is the declaration of a built-in function, nil for none.
func (in *Interpreter) builtin(name string) *ast.Builtin { return ast.BuiltinMap[name] }

// callRule calls a function that is defined in Rego.
func (f *frame) callRule(op ast.Ref, terms []*ast.Term, loc *ast.Location, st state, k yield) error {
	node, ok := f.in.nodes[terms[0]]
	if !ok {
		node = f.in.find(op)
		f.in.nodes[terms[0]] = node
	}
	if node == nil || len(node.Values) == 0 {
		return unsupported("function "+op.String(), loc)
	}
	n := len(pack.RulesAt(node)[0].Head.Args)
	args := terms[1:]
	if len(args) < n {
		return unsupported("number of arguments", loc)
	}
	return f.args(args[:n], 0, nil, st, func(vals []ast.Value, st state) error {
		results, err := f.in.callFunction(node, vals)
		if err != nil {
			return err
		}
		for _, o := range results {
			if err := f.output(o.val, args[n:], st.and(o.st), k); err != nil {
				return err
			}
		}
		return nil
	})
}

// callFunction evaluates a function once for the same arguments.
func (in *Interpreter) callFunction(node *ast.TreeNode, args []ast.Value) ([]outcome, error) {
	key := callKey{node: node}
	for _, a := range args {
		key.hash = key.hash*31 + a.Hash()
	}
	for _, c := range in.world.calls[key] {
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
	c := &call{args: args, busy: true}
	world := in.world
	world.calls[key] = append(world.calls[key], c)
	before := in.touched
	in.touched = nil
	results, err := in.singleValue(pack.RulesAt(node), args)
	c.results, c.touched, c.busy = results, in.touched, false
	in.touched = before.union(c.touched)
	if err != nil {
		// What failed is not remembered: another rule must fail by itself.
		list := world.calls[key]
		for i := range list {
			if list[i] == c {
				world.calls[key] = append(list[:i:i], list[i+1:]...)
				break
			}
		}
		return nil, err
	}
	return results, nil
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

// callBuiltin calls k for each result of a built-in function. Arguments that
// are known go to the function itself.
func (f *frame) callBuiltin(decl *ast.Builtin, args []ast.Value, loc *ast.Location, k yieldValue) error {
	t := taint(nil)
	known := true
	for _, a := range args {
		if !ground(a) {
			known = false
		}
	}
	if known || passive[decl.Name] && !f.in.anyVar(args) {
		return f.in.run(decl, args, loc, func(v ast.Value) error { return k(v, certain) })
	}
	if decl.Name == ast.WalkBuiltin.Name {
		return f.walkTree(args[0], nil, certain, k)
	}
	if refined, ok := refinements[decl.Name]; ok {
		v, st, handled := refined(f.in, args)
		if handled {
			if v == nil {
				return nil
			}
			return k(v, st)
		}
	}
	for _, a := range args {
		t = t.union(f.in.taintOf(a))
	}
	f.in.touch(t)
	return k(f.in.derive(resultKind(decl), t), certain.hanging(t))
}

// run calls the function on arguments that it does not look into further than
// they are known.
func (in *Interpreter) run(decl *ast.Builtin, args []ast.Value, loc *ast.Location, k func(ast.Value) error) error {
	fn := topdown.GetBuiltin(decl.Name)
	if fn == nil {
		return unsupported("function "+decl.Name, loc)
	}
	operands := make([]*ast.Term, len(args))
	for i, a := range args {
		operands[i] = ast.NewTerm(a)
	}
	bctx := in.bctx
	bctx.Location = loc
	var results []ast.Value
	err := fn(bctx, operands, func(t *ast.Term) error {
		if t != nil {
			results = append(results, t.Value)
		} else {
			results = append(results, ast.Boolean(true))
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("%s: %w", decl.Name, err)
	}
	for _, v := range results {
		if err := k(v); err != nil {
			return err
		}
	}
	return nil
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
