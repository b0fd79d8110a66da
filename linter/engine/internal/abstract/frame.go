package abstract

import (
	"errors"

	"github.com/open-policy-agent/opa/v1/ast"
)

// errStop ends an iteration whose outcome is settled.
var errStop = errors.New("stop")

// world is what input and data are for an expression, and what has been
// evaluated in it. A with modifier makes a world of its own.
type world struct {
	input ast.Value
	// data overrides base documents; nil for none.
	data  ast.Value
	rules map[*ast.TreeNode]*extent
	calls map[callKey]*call
}

func newWorld(input ast.Value) *world {
	return &world{input: input, rules: map[*ast.TreeNode]*extent{}, calls: map[callKey]*call{}}
}

// frame holds the local variables of one rule. Variables of inner bodies are
// pushed after those of outer ones and dropped on the way back.
type frame struct {
	in   *Interpreter
	vars []binding
}

// binding is a local variable with its value.
type binding struct {
	name ast.Var
	val  ast.Value
}

// frame is an empty frame, to be given back with free.
func (in *Interpreter) frame() *frame {
	last := len(in.frames) - 1
	if last < 0 {
		return &frame{in: in}
	}
	f := in.frames[last]
	in.frames = in.frames[:last]
	return f
}

func (f *frame) free() {
	f.undo(0)
	f.in.frames = append(f.in.frames, f)
}

func (f *frame) lookup(name ast.Var) (ast.Value, bool) {
	for i := len(f.vars) - 1; i >= 0; i-- {
		if f.vars[i].name == name {
			return f.vars[i].val, true
		}
	}
	return nil, false
}

func (f *frame) bind(name ast.Var, v ast.Value) { f.vars = append(f.vars, binding{name, v}) }

func (f *frame) mark() int { return len(f.vars) }

func (f *frame) undo(mark int) { f.vars = f.vars[:mark] }

// yield is called for each solution.
type yield func(state) error

// body calls k for each solution of the expressions from the i-th on.
func (f *frame) body(b ast.Body, i int, st state, k yield) error {
	mark := f.mark()
	st, i, n, err := f.attempts(b, i, st)
	switch {
	case err != nil || n == none:
	case n == several:
		err = f.alternatives(b, i, st, k)
	default:
		err = k(st)
	}
	f.undo(mark)
	return err
}

// alternatives is body where the i-th expression may have several solutions.
func (f *frame) alternatives(b ast.Body, i int, st state, k yield) error {
	return f.expr(b[i], st, func(st state) error { return f.body(b, i+1, st, k) })
}

// expr calls k for each solution of an expression.
func (f *frame) expr(e *ast.Expr, st state, k yield) error {
	if err := f.in.step(); err != nil {
		return err
	}
	if len(e.With) > 0 {
		return f.with(e, st, k)
	}
	return f.plainExpr(e, st, k)
}

func (f *frame) plainExpr(e *ast.Expr, st state, k yield) error {
	if e.Negated {
		return f.not(e, st, k)
	}
	return f.positive(e, st, k)
}

// positive takes an expression as it is without a not.
func (f *frame) positive(e *ast.Expr, st state, k yield) error {
	mark := f.mark()
	defer f.undo(mark)
	switch terms := e.Terms.(type) {
	case *ast.Term:
		return f.term(terms, st, func(v ast.Value, st state) error { return f.holds(v, st, k) })
	case []*ast.Term:
		return f.callExpr(terms, e.Location, st, k)
	case *ast.Every:
		return f.every(terms, st, k)
	case *ast.SomeDecl:
		return k(st)
	}
	return unsupported("expression", e.Location)
}

// holds goes on where the value makes a statement hold.
func (f *frame) holds(v ast.Value, st state, k yield) error {
	switch ans, t := f.in.truth(v); ans {
	case yes:
		return k(st)
	case maybe:
		return k(st.hanging(t))
	}
	return nil
}

// not holds where the expression has no solution, and may hold where
// it has only possible ones.
func (f *frame) not(e *ast.Expr, st state, k yield) error {
	st, n, err := f.attemptNot(e, st)
	if err != nil || n == none {
		return err
	}
	return k(st)
}

// settle is the state of having a solution at all: nil for none. It stops at
// the first certain one.
func (f *frame) settle(solve func(yield) error) (*state, error) {
	mark := f.mark()
	var found *state
	err := solve(func(st state) error {
		if !st.possible {
			found = &state{}
			return errStop
		}
		if found == nil {
			found = &state{possible: true}
		}
		found.taint = found.taint.union(st.taint)
		return nil
	})
	f.undo(mark)
	if err != nil && !errors.Is(err, errStop) {
		return nil, err
	}
	return found, nil
}

// settleExpr is settle for an expression as it is without a not.
func (f *frame) settleExpr(e *ast.Expr) (*state, error) {
	mark := f.mark()
	st, n, err := f.attemptPositive(e, certain)
	f.undo(mark)
	switch {
	case err != nil || n == none:
		return nil, err
	case n == single:
		return &state{possible: st.possible, taint: st.taint}, nil
	}
	return f.settle(func(k yield) error { return f.positive(e, certain, k) })
}

// every holds where the body has a solution for each member of the domain.
func (f *frame) every(e *ast.Every, st state, k yield) error {
	return f.term(e.Domain, st, func(domain ast.Value, st state) error {
		if i := f.in.unknown(domain); i != nil && !i.closed {
			f.in.touch(i.taint)
			return k(st.hanging(i.taint))
		}
		if _, _, ok := f.in.size(domain); !ok {
			return nil
		}
		all := st
		err := f.iterate(domain, func(key, val ast.Value, member state) error {
			mark := f.mark()
			defer f.undo(mark)
			if e.Key != nil {
				if name, ok := e.Key.Value.(ast.Var); ok {
					f.bind(name, key)
				}
			}
			if name, ok := e.Value.Value.(ast.Var); ok {
				f.bind(name, val)
			}
			found, err := f.settle(func(k yield) error { return f.body(e.Body, 0, certain, k) })
			switch {
			case err != nil:
				return err
			case found == nil && !member.possible:
				return errStop
			case found == nil:
				all = all.hanging(member.taint)
			case found.possible:
				all = all.hanging(found.taint.union(member.taint))
			}
			return nil
		})
		if errors.Is(err, errStop) {
			return nil
		}
		if err != nil {
			return err
		}
		return k(all)
	})
}

// with evaluates an expression in another world; what follows it goes on in
// this one.
func (f *frame) with(e *ast.Expr, st state, k yield) error {
	return f.withWorld(e, 0, f.in.world, st, func(w *world, st state) error {
		outer := f.in.world
		f.in.world = w
		err := f.plainExpr(e, st, func(st state) error {
			f.in.world = outer
			err := k(st)
			f.in.world = w
			return err
		})
		f.in.world = outer
		return err
	})
}

// withWorld applies the modifiers from the i-th on.
func (f *frame) withWorld(e *ast.Expr, i int, w *world, st state, k func(*world, state) error) error {
	if i == len(e.With) {
		return k(w, st)
	}
	mod := e.With[i]
	target, ok := mod.Target.Value.(ast.Ref)
	if !ok {
		return unsupported("with", e.Location)
	}
	return f.term(mod.Value, st, func(v ast.Value, st state) error {
		next := newWorld(w.input)
		next.data = w.data
		switch {
		case target[0].Equal(ast.InputRootDocument):
			input, ok := replace(w.input, target[1:], v)
			if !ok {
				return unsupported("with", e.Location)
			}
			next.input = input
		case len(target) > 1 && target[0].Equal(ast.DefaultRootDocument) && f.in.program.isBase(target):
			data := w.data
			if data == nil {
				data = f.in.data
			}
			if next.data, ok = replace(data, target[1:], v); !ok {
				return unsupported("with", e.Location)
			}
		default:
			return unsupported("with on a rule or function", e.Location)
		}
		return f.withWorld(e, i+1, next, st, k)
	})
}

// replace is the document with the value at the path replaced.
func replace(doc ast.Value, path ast.Ref, v ast.Value) (ast.Value, bool) {
	if len(path) == 0 {
		return v, true
	}
	if _, constant := path[0].Value.(ast.String); !constant {
		return nil, false
	}
	obj, ok := doc.(ast.Object)
	if doc != nil && !ok {
		if _, isUnknown := doc.(ast.Var); isUnknown {
			return nil, false
		}
	}
	out := ast.NewObject()
	var old ast.Value
	if ok {
		obj.Foreach(func(k, x *ast.Term) {
			if k.Equal(path[0]) {
				old = x.Value
				return
			}
			out.Insert(k, x)
		})
	}
	inner, ok := replace(old, path[1:], v)
	if !ok {
		return nil, false
	}
	out.Insert(path[0], ast.NewTerm(inner))
	return out, true
}
