package abstract

import (
	"github.com/open-policy-agent/opa/v1/ast"
)

// isPattern reports whether a term holds a variable that is not bound, outside
// of references and comprehensions.
func (f *frame) isPattern(t *ast.Term) bool {
	switch v := t.Value.(type) {
	case ast.Var:
		if v == inputVar {
			return false
		}
		_, bound := f.lookup(v)
		return !bound
	case *ast.Array:
		for i := range v.Len() {
			if f.isPattern(v.Elem(i)) {
				return true
			}
		}
	case ast.Object:
		return v.Until(func(_, x *ast.Term) bool { return f.isPattern(x) })
	}
	return false
}

// unify calls k for each way to make two terms equal.
func (f *frame) unify(a, b *ast.Term, st state, k yield) error {
	pa, pb := f.isPattern(a), f.isPattern(b)
	switch {
	case pa && pb:
		return f.unifyPatterns(a, b, st, k)
	case pa:
		return f.term(b, st, func(v ast.Value, st state) error { return f.matchUndo(a, v, st, k) })
	case pb:
		return f.term(a, st, func(v ast.Value, st state) error { return f.matchUndo(b, v, st, k) })
	}
	return f.term(a, st, func(va ast.Value, st state) error {
		return f.term(b, st, func(vb ast.Value, st state) error { return f.equal(va, vb, st, k) })
	})
}

func (f *frame) matchUndo(pattern *ast.Term, v ast.Value, st state, k yield) error {
	mark := f.mark()
	defer f.undo(mark)
	return f.match(pattern, v, st, k)
}

func (f *frame) equal(a, b ast.Value, st state, k yield) error {
	switch ans, t := f.in.equal(a, b); ans {
	case yes:
		return k(st)
	case maybe:
		return k(st.hanging(t))
	}
	return nil
}

// unifyPatterns unifies arrays of equal length whose elements are patterns on
// either side.
func (f *frame) unifyPatterns(a, b *ast.Term, st state, k yield) error {
	x, ok := a.Value.(*ast.Array)
	y, also := b.Value.(*ast.Array)
	if !ok || !also {
		return unsupported("unification of two patterns", a.Location)
	}
	if x.Len() != y.Len() {
		return nil
	}
	var step func(i int, st state) error
	step = func(i int, st state) error {
		if i == x.Len() {
			return k(st)
		}
		return f.unify(x.Elem(i), y.Elem(i), st, func(st state) error { return step(i+1, st) })
	}
	return step(0, st)
}

// match unifies a pattern with a value. The caller undoes the bindings.
func (f *frame) match(p *ast.Term, v ast.Value, st state, k yield) error {
	if name, ok := p.Value.(ast.Var); ok {
		if _, bound := f.lookup(name); !bound && name != inputVar {
			f.bind(name, v)
			return k(st)
		}
	}
	if !f.isPattern(p) {
		return f.term(p, st, func(pv ast.Value, st state) error { return f.equal(pv, v, st, k) })
	}
	if i := f.in.unknown(v); i != nil {
		return f.matchUnknown(p, i, v, st, k)
	}
	switch p := p.Value.(type) {
	case *ast.Array:
		if v, ok := v.(*ast.Array); ok && v.Len() == p.Len() {
			return f.matchArray(p, v, 0, st, k)
		}
	case ast.Object:
		if v, ok := v.(ast.Object); ok {
			return f.matchObject(p, v, st, k)
		}
	}
	return nil
}

func (f *frame) matchArray(p, v *ast.Array, i int, st state, k yield) error {
	if i == p.Len() {
		return k(st)
	}
	return f.match(p.Elem(i), v.Elem(i).Value, st, func(st state) error { return f.matchArray(p, v, i+1, st, k) })
}

// matchObject wants the same keys on both sides.
func (f *frame) matchObject(p, v ast.Object, st state, k yield) error {
	keys := p.Keys()
	var step func(i int, seen map[string]bool, st state) error
	step = func(i int, seen map[string]bool, st state) error {
		if i < len(keys) {
			return f.term(keys[i], st, func(key ast.Value, st state) error {
				val, m, ok := f.in.get(v, key)
				if !ok {
					return nil
				}
				next := map[string]bool{key.String(): true}
				for s := range seen {
					next[s] = true
				}
				return f.match(p.Get(keys[i]), val, st.and(m), func(st state) error { return step(i+1, next, st) })
			})
		}
		same := true
		v.Foreach(func(key, x *ast.Term) {
			if seen[key.Value.String()] {
				return
			}
			t, miss := f.in.mayBeAbsent(x.Value)
			if !miss {
				same = false
				return
			}
			f.in.touch(t)
			st = st.hanging(t)
		})
		if !same {
			return nil
		}
		return k(st)
	}
	return step(0, nil, st)
}

// matchUnknown binds the variables of a pattern to unknown values.
func (f *frame) matchUnknown(p *ast.Term, i *info, v ast.Value, st state, k yield) error {
	t := f.in.taintOf(v)
	want := objectKind
	if _, ok := p.Value.(*ast.Array); ok {
		want = arrayKind
	}
	if i.kind != anyKind && i.kind != want {
		return nil
	}
	var bind func(p *ast.Term)
	bind = func(p *ast.Term) {
		switch v := p.Value.(type) {
		case ast.Var:
			if f.isPattern(p) {
				f.bind(v, f.in.derive(anyKind, t))
			}
		case *ast.Array:
			v.Foreach(bind)
		case ast.Object:
			v.Foreach(func(_, x *ast.Term) { bind(x) })
		}
	}
	bind(p)
	f.in.touch(t)
	return k(st.hanging(t))
}
