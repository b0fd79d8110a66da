package abstract

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Most terms have one value, and most expressions one solution or none. Those are
// evaluated directly, without a continuation; where there may be several, what
// was tried is undone and the alternatives are followed.

// solutions says how many solutions a direct attempt found.
type solutions uint8

const (
	none solutions = iota
	single
	// several stands for any number: a direct attempt cannot tell.
	several
)

// value is the value of a term whose variables are bound.
func (f *frame) value(t *ast.Term, st state) (ast.Value, state, solutions, error) {
	switch v := t.Value.(type) {
	case ast.Null, ast.Boolean, ast.Number, ast.String:
		return t.Value, st, single, nil
	case ast.Var:
		if v == inputVar {
			if f.in.world.input == nil {
				return nil, st, none, nil
			}
			return f.in.world.input, st, single, nil
		}
		if val, ok := f.lookup(v); ok {
			return val, st, single, nil
		}
	case ast.Ref:
		return f.refValue(v, st)
	case *ast.Array:
		return f.arrayValue(v, st)
	case ast.Object:
		return f.objectValue(v, st)
	case *ast.ArrayComprehension:
		val, err := f.arrayComprehension(v)
		return val, st, single, err
	case *ast.SetComprehension:
		val, err := f.setComprehension(v)
		return val, st, single, err
	case *ast.ObjectComprehension:
		val, err := f.objectComprehension(v)
		return val, st, single, err
	}
	return nil, st, several, nil
}

const inputVar = ast.Var("input")

func (f *frame) arrayValue(a *ast.Array, st state) (ast.Value, state, solutions, error) {
	terms := make([]ast.Term, a.Len())
	elems := make([]*ast.Term, a.Len())
	for i := range elems {
		var n solutions
		var err error
		if terms[i].Value, st, n, err = f.value(a.Elem(i), st); n != single || err != nil {
			return nil, st, n, err
		}
		elems[i] = &terms[i]
	}
	return ast.NewArray(elems...), st, single, nil
}

// objectValue is an object of constant keys.
func (f *frame) objectValue(o ast.Object, st state) (ast.Value, state, solutions, error) {
	pairs := make([][2]*ast.Term, 0, o.Len())
	n := single
	var err error
	o.Until(func(key, t *ast.Term) bool {
		if !scalar(key) {
			n = several
			return true
		}
		var v ast.Value
		if v, st, n, err = f.value(t, st); n != single || err != nil {
			return true
		}
		pairs = append(pairs, ast.Item(key, ast.NewTerm(v)))
		return false
	})
	if n != single || err != nil {
		return nil, st, n, err
	}
	return ast.NewObject(pairs...), st, single, nil
}

// refValue is what a reference leads to.
func (f *frame) refValue(r ast.Ref, st state) (ast.Value, state, solutions, error) {
	head, ok := r[0].Value.(ast.Var)
	switch {
	case ok && head == inputVar:
		if f.in.world.input == nil {
			return nil, st, none, nil
		}
		return f.follow(f.in.world.input, r[1:], st)
	case ok && head == dataVar:
		return f.dataValue(r, st)
	}
	v, st, n, err := f.value(r[0], st)
	if n != single || err != nil {
		return nil, st, n, err
	}
	return f.follow(v, r[1:], st)
}

const dataVar = ast.Var("data")

func (f *frame) dataValue(r ast.Ref, st state) (ast.Value, state, solutions, error) {
	at := f.in.place(r)
	switch {
	case at.absent:
		return nil, st, none, nil
	case at.node == nil && len(r) > 1:
		return f.follow(f.in.baseData(), r[1:], st)
	case at.node == nil:
		return nil, st, several, nil
	}
	ext, err := f.in.extentOf(at.node)
	if err != nil || len(ext.outcomes) == 0 {
		return nil, st, none, err
	}
	if len(ext.outcomes) > 1 {
		return nil, st, several, nil
	}
	return f.follow(ext.outcomes[0].val, r[at.rest:], st.and(ext.outcomes[0].st))
}

// follow is walk where no step of the path has alternatives.
func (f *frame) follow(v ast.Value, rest []*ast.Term, st state) (ast.Value, state, solutions, error) {
	for _, t := range rest {
		if err := f.in.step(); err != nil {
			return nil, st, none, err
		}
		if f.isPattern(t) {
			return nil, st, several, nil
		}
		key, next, n, err := f.value(t, st)
		if n != single || err != nil {
			return nil, st, n, err
		}
		val, m, ok := f.in.member1(v, t, key)
		if !ok {
			return nil, st, none, nil
		}
		v, st = val, next.and(m)
	}
	return v, st, single, nil
}

// member1 is get with a term that may hold the key.
func (in *Interpreter) member1(v ast.Value, t *ast.Term, key ast.Value) (ast.Value, state, bool) {
	object, ok := v.(ast.Object)
	if _, constant := t.Value.(ast.String); !ok || !constant {
		return in.get(v, key)
	}
	return in.found(object.Get(t))
}

// attempts solves the expressions from the first on that have no alternatives and
// leaves their bindings. It returns the index of the first one that may have some.
func (f *frame) attempts(b ast.Body, i int, st state) (state, int, solutions, error) {
	for ; i < len(b); i++ {
		next, n, err := f.attempt(b[i], st)
		if err != nil || n != single {
			return st, i, n, err
		}
		st = next
	}
	return st, i, single, nil
}

// attempt solves an expression that has no alternatives and leaves its bindings.
// After anything but a single solution there are none.
func (f *frame) attempt(e *ast.Expr, st state) (state, solutions, error) {
	if len(e.With) > 0 {
		return st, several, nil
	}
	in, mark := f.in, f.mark()
	steps := in.steps
	if err := in.step(); err != nil {
		return st, none, err
	}
	if e.Negated {
		return f.attemptNot(e, st)
	}
	out, n, err := f.attemptPositive(e, st)
	if n != single || err != nil {
		f.undo(mark)
	}
	if n == several && err == nil {
		// What follows counts them.
		in.steps = steps
	}
	return out, n, err
}

func (f *frame) attemptNot(e *ast.Expr, st state) (state, solutions, error) {
	found, err := f.settleExpr(e)
	switch {
	case err != nil:
		return st, none, err
	case found == nil:
		return st, single, nil
	case found.possible:
		return st.hanging(found.taint), single, nil
	}
	return st, none, nil
}

// attemptPositive takes an expression as it is without a not.
func (f *frame) attemptPositive(e *ast.Expr, st state) (state, solutions, error) {
	switch terms := e.Terms.(type) {
	case *ast.Term:
		v, st, n, err := f.value(terms, st)
		if n != single || err != nil {
			return st, n, err
		}
		return f.attemptTruth(v, st)
	case []*ast.Term:
		return f.attemptCall(terms, e.Location, st)
	case *ast.SomeDecl:
		return st, single, nil
	}
	return st, several, nil
}

func (f *frame) attemptTruth(v ast.Value, st state) (state, solutions, error) {
	ans, t := f.in.truth(v)
	return settled(ans, t, st)
}

func settled(ans answer, t taint, st state) (state, solutions, error) {
	switch ans {
	case yes:
		return st, single, nil
	case maybe:
		return st.hanging(t), single, nil
	}
	return st, none, nil
}

func (f *frame) attemptEqual(a, b ast.Value, st state) (state, solutions, error) {
	ans, t := f.in.equal(a, b)
	return settled(ans, t, st)
}

func (f *frame) attemptUnify(a, b *ast.Term, st state) (state, solutions, error) {
	pa, pb := f.isPattern(a), f.isPattern(b)
	if pa && pb {
		return st, several, nil
	}
	if pa {
		a, b = b, a
	}
	v, st, n, err := f.value(a, st)
	if n != single || err != nil {
		return st, n, err
	}
	if pa || pb {
		return f.attemptMatch(b, v, st)
	}
	w, st, n, err := f.value(b, st)
	if n != single || err != nil {
		return st, n, err
	}
	return f.attemptEqual(v, w, st)
}

// attemptMatch is match; the caller undoes the bindings.
func (f *frame) attemptMatch(p *ast.Term, v ast.Value, st state) (state, solutions, error) {
	if name, ok := p.Value.(ast.Var); ok && name != inputVar {
		if _, bound := f.lookup(name); !bound {
			f.bind(name, v)
			return st, single, nil
		}
	}
	if !f.isPattern(p) {
		pv, st, n, err := f.value(p, st)
		if n != single || err != nil {
			return st, n, err
		}
		return f.attemptEqual(pv, v, st)
	}
	pattern, ok := p.Value.(*ast.Array)
	known, also := v.(*ast.Array)
	if !ok || !also {
		return st, several, nil
	}
	if pattern.Len() != known.Len() {
		return st, none, nil
	}
	for i := range pattern.Len() {
		var n solutions
		var err error
		if st, n, err = f.attemptMatch(pattern.Elem(i), known.Elem(i).Value, st); n != single || err != nil {
			return st, n, err
		}
	}
	return st, single, nil
}

func (f *frame) attemptCall(terms []*ast.Term, loc *ast.Location, st state) (state, solutions, error) {
	target := f.in.target(terms[0])
	switch {
	case target == nil:
		return st, several, nil
	case target.unifies && len(terms) == 3:
		return f.attemptUnify(terms[1], terms[2], st)
	case target.prints || target.relation || len(terms) <= target.arity:
		return st, several, nil
	}
	in, first := f.in, len(f.in.args)
	in.args = slices.Grow(in.args, target.arity)[:first+target.arity]
	args := in.args[first:len(in.args):len(in.args)]
	defer func() { in.args = in.args[:first] }()
	for i := range args {
		var n solutions
		var err error
		if args[i], st, n, err = f.value(terms[1+i], st); n != single || err != nil {
			return st, n, err
		}
	}
	v, m, n, err := f.call(target, args, loc)
	if n != single || err != nil {
		return st, n, err
	}
	return f.attemptOutput(v, terms[1+target.arity:], st.and(m))
}

// call is the value of a function for arguments.
func (f *frame) call(target *function, args []ast.Value, loc *ast.Location) (ast.Value, state, solutions, error) {
	if target.node == nil {
		return f.in.builtinValue(target, args, loc)
	}
	results, err := f.in.callFunction(target, args)
	switch {
	case err != nil || len(results) == 0:
		return nil, certain, none, err
	case len(results) > 1:
		return nil, certain, several, nil
	}
	return results[0].val, results[0].st, single, nil
}

func (f *frame) attemptOutput(v ast.Value, out []*ast.Term, st state) (state, solutions, error) {
	if len(out) == 0 {
		return f.attemptTruth(v, st)
	}
	return f.attemptMatch(out[0], v, st)
}
