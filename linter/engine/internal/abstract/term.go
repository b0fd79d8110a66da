package abstract

import (
	"github.com/open-policy-agent/opa/v1/ast"
)

// yieldValue is called for each value of a term.
type yieldValue func(ast.Value, state) error

// term calls k for each value of a term whose variables are bound.
func (f *frame) term(t *ast.Term, st state, k yieldValue) error {
	v, next, n, err := f.value(t, st)
	switch {
	case err != nil || n == none:
		return err
	case n == single:
		return k(v, next)
	}
	return f.values(t, st, k)
}

// values is term for one that may have several values.
func (f *frame) values(t *ast.Term, st state, k yieldValue) error {
	switch v := t.Value.(type) {
	case ast.Var:
		return unsupported("unbound variable "+string(v), t.Location)
	case ast.Ref:
		return f.ref(v, st, k)
	case *ast.Array:
		return f.array(v, 0, nil, st, k)
	case ast.Object:
		return f.object(v, v.Keys(), 0, nil, st, k)
	case ast.Set:
		return f.setLiteral(v.Slice(), 0, nil, st, k)
	}
	return unsupported("term "+ast.ValueName(t.Value), t.Location)
}

func (f *frame) array(a *ast.Array, i int, done []*ast.Term, st state, k yieldValue) error {
	if i == a.Len() {
		return k(ast.NewArray(append([]*ast.Term(nil), done...)...), st)
	}
	return f.term(a.Elem(i), st, func(v ast.Value, st state) error {
		return f.array(a, i+1, append(done[:i:i], ast.NewTerm(v)), st, k)
	})
}

func (f *frame) object(o ast.Object, keys []*ast.Term, i int, done []member, st state, k yieldValue) error {
	if i == len(keys) {
		val, err := f.in.objectOf(done)
		if err != nil {
			return err
		}
		return k(val, st)
	}
	return f.term(keys[i], st, func(key ast.Value, st state) error {
		return f.term(o.Get(keys[i]), st, func(v ast.Value, st state) error {
			return f.object(o, keys, i+1, append(done[:i:i], member{key: key, val: v}), st, k)
		})
	})
}

func (f *frame) setLiteral(terms []*ast.Term, i int, done []member, st state, k yieldValue) error {
	if i == len(terms) {
		return k(f.in.setOf(done), st)
	}
	return f.term(terms[i], st, func(v ast.Value, st state) error {
		return f.setLiteral(terms, i+1, append(done[:i:i], member{val: v}), st, k)
	})
}

// collect gathers the solutions of a comprehension's body. Its unknowns do not
// influence what follows until the container is inspected.
func (f *frame) collect(body ast.Body, gather func(state) error) error {
	mark := f.mark()
	defer f.undo(mark)
	return f.body(body, 0, certain, gather)
}

func (f *frame) arrayComprehension(c *ast.ArrayComprehension) (ast.Value, error) {
	var members []member
	err := f.collect(c.Body, func(st state) error {
		return f.term(c.Term, st, func(v ast.Value, st state) error {
			members = append(members, member{val: v, st: st})
			return nil
		})
	})
	return f.in.arrayOf(members), err
}

func (f *frame) setComprehension(c *ast.SetComprehension) (ast.Value, error) {
	var members []member
	err := f.collect(c.Body, func(st state) error {
		return f.term(c.Term, st, func(v ast.Value, st state) error {
			members = append(members, member{val: v, st: st})
			return nil
		})
	})
	return f.in.setOf(members), err
}

func (f *frame) objectComprehension(c *ast.ObjectComprehension) (ast.Value, error) {
	var members []member
	err := f.collect(c.Body, func(st state) error {
		return f.term(c.Key, st, func(key ast.Value, st state) error {
			return f.term(c.Value, st, func(v ast.Value, st state) error {
				members = append(members, member{key: key, val: v, st: st})
				return nil
			})
		})
	})
	if err != nil {
		return nil, err
	}
	return f.in.objectOf(members)
}

// ref calls k for each value that a reference leads to.
func (f *frame) ref(r ast.Ref, st state, k yieldValue) error {
	switch {
	case r[0].Equal(ast.InputRootDocument):
		if f.in.world.input == nil {
			return nil
		}
		return f.walk(f.in.world.input, r[1:], st, k)
	case r[0].Equal(ast.DefaultRootDocument):
		return f.dataRef(r, st, k)
	}
	return f.term(r[0], st, func(v ast.Value, st state) error { return f.walk(v, r[1:], st, k) })
}

// walk follows the rest of a reference into a value.
func (f *frame) walk(v ast.Value, rest []*ast.Term, st state, k yieldValue) error {
	if len(rest) == 0 {
		return k(v, st)
	}
	if err := f.in.step(); err != nil {
		return err
	}
	if f.isPattern(rest[0]) {
		return f.iterate(v, func(key, val ast.Value, m state) error {
			mark := f.mark()
			defer f.undo(mark)
			return f.match(rest[0], key, st.and(m), func(st state) error { return f.walk(val, rest[1:], st, k) })
		})
	}
	return f.term(rest[0], st, func(key ast.Value, st state) error {
		val, m, ok := f.in.get(v, key)
		if !ok {
			return nil
		}
		return f.walk(val, rest[1:], st.and(m), k)
	})
}

// get is the member of a container under a key: absent, certain or possible.
func (in *Interpreter) get(v, key ast.Value) (ast.Value, state, bool) {
	if i := in.unknown(v); i != nil {
		return in.getUnknown(i, v, key)
	}
	if !ground(key) {
		t := in.taintOf(key)
		if low, high, ok := in.size(v); !ok || low+high == 0 {
			return nil, certain, false
		}
		if set, ok := v.(ast.Set); ok {
			ans, t := in.memberOf(key, in.setMembers(set))
			return key, state{possible: ans != yes, taint: t}, ans != no
		}
		// The verdict hangs on the key first: what else is not known in the
		// container matters only where the key leads to it.
		return in.derive(anyKind, t), certain.hanging(t), true
	}
	switch v := v.(type) {
	case ast.Object:
		return in.found(v.Get(ast.NewTerm(key)))
	case *ast.Array:
		if n, ok := key.(ast.Number); ok {
			if index, whole := n.Int(); whole && index >= 0 && index < v.Len() {
				return v.Elem(index).Value, certain, true
			}
		}
	case ast.Set:
		if v.Contains(ast.NewTerm(key)) {
			return key, certain, true
		}
	}
	return nil, certain, false
}

// found is the outcome of a look for a member in an object; nil for none.
func (in *Interpreter) found(member *ast.Term) (ast.Value, state, bool) {
	if member == nil {
		return nil, certain, false
	}
	if t, miss := in.mayBeAbsent(member.Value); miss {
		in.touch(t)
		return member.Value, certain.hanging(t), true
	}
	return member.Value, certain, true
}

// getUnknown is get for a value that is not known, or not wholly.
func (in *Interpreter) getUnknown(i *info, v, key ast.Value) (ast.Value, state, bool) {
	all := in.taintOf(v).union(in.taintOf(key))
	if !i.closed {
		if i.kind != anyKind && i.kind < arrayKind {
			return nil, certain, false
		}
		return in.derive(anyKind, all), certain.hanging(all), true
	}
	switch i.kind {
	case setKind:
		ans, t := in.memberOf(key, i.members)
		return key, state{possible: ans != yes, taint: t}, ans != no
	case objectKind:
		for _, m := range i.members {
			if ans, _ := in.equal(m.key, key); ans == yes {
				return m.val, m.st, true
			}
		}
		if ground(key) {
			return nil, certain, false
		}
	case arrayKind:
		n, ok := key.(ast.Number)
		index, whole := n.Int()
		if ok && (!whole || index < 0 || index >= len(i.members) && !anyMany(i.members)) {
			return nil, certain, false
		}
		if ok && index < len(i.members) && in.settledUpTo(i.members, index) {
			return i.members[index].val, certain, true
		}
	}
	return in.derive(anyKind, all), certain.hanging(all), true
}

func (in *Interpreter) settledUpTo(members []member, index int) bool {
	for _, m := range members[:index+1] {
		if m.st.possible {
			return false
		}
	}
	return true
}

// memberOf says whether a value is among the members.
func (in *Interpreter) memberOf(v ast.Value, members []member) (answer, taint) {
	out, t := no, taint(nil)
	for _, m := range members {
		ans, more := in.equal(v, m.val)
		switch {
		case ans == no:
			continue
		case ans == yes && !m.st.possible:
			return yes, nil
		}
		out, t = maybe, t.union(more).union(m.st.taint)
	}
	in.touch(t)
	return out, t
}

func (in *Interpreter) setMembers(s ast.Set) []member {
	members := make([]member, 0, s.Len())
	s.Foreach(func(t *ast.Term) { members = append(members, member{val: t.Value}) })
	return members
}

// iterate calls k for each member of a container with its key and how sure it
// is. A value that is no container has none.
func (f *frame) iterate(v ast.Value, k func(key, val ast.Value, st state) error) error {
	in := f.in
	switch v := v.(type) {
	case ast.Var:
		return in.iterateUnknown(in.unknowns.of(v), v, k)
	case *ast.Array:
		for i := range v.Len() {
			if err := k(ast.InternedTerm(i).Value, v.Elem(i).Value, certain); err != nil {
				return err
			}
		}
	case ast.Object:
		return v.Iter(func(key, val *ast.Term) error {
			if t, miss := in.mayBeAbsent(val.Value); miss {
				in.touch(t)
				return k(key.Value, val.Value, certain.hanging(t))
			}
			return k(key.Value, val.Value, certain)
		})
	case ast.Set:
		return v.Iter(func(t *ast.Term) error { return k(t.Value, t.Value, certain) })
	}
	return nil
}

func (in *Interpreter) iterateUnknown(i *info, v ast.Value, k func(key, val ast.Value, st state) error) error {
	if !i.closed {
		if i.kind != anyKind && i.kind < arrayKind {
			return nil
		}
		if i.ofTexts {
			text := func() ast.Value { return in.unknowns.add(&info{kind: stringKind, taint: i.taint}) }
			return k(text(), text(), certain.severally(i.taint))
		}
		return k(in.derive(anyKind, i.taint), in.derive(anyKind, i.taint), certain.severally(i.taint))
	}
	for n, m := range i.members {
		key := m.key
		switch i.kind {
		case setKind:
			key = m.val
			if len(i.members) > 1 && !ground(m.val) {
				// It may turn out to be equal to another member.
				m.st = m.st.hanging(in.taintOf(m.val))
			}
		case arrayKind:
			if key = ast.InternedTerm(n).Value; !in.settledUpTo(i.members, n) {
				key = in.unknowns.add(&info{kind: numberKind, taint: in.taintOf(v), bounded: !anyMany(i.members), high: n})
			}
		}
		if m.st.possible {
			in.touch(m.st.taint)
		}
		if err := k(key, m.val, m.st); err != nil {
			return err
		}
	}
	return nil
}
