package abstract

import (
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"
)

// ErrConflict says that a rule, function or object has two values for one key.
var ErrConflict = fmt.Errorf("conflicting values")

// arrayOf is the array with these members, in order.
func (in *Interpreter) arrayOf(members []member) ast.Value {
	if in.anyPossible(members) {
		return in.unknowns.add(&info{kind: arrayKind, closed: true, members: members})
	}
	terms := make([]*ast.Term, len(members))
	for i, m := range members {
		terms[i] = ast.NewTerm(m.val)
	}
	return ast.NewArray(terms...)
}

// setOf is the set with these members.
func (in *Interpreter) setOf(members []member) ast.Value {
	plain := !in.anyPossible(members)
	for _, m := range members {
		plain = plain && ground(m.val)
	}
	if plain {
		set := ast.NewSet()
		for _, m := range members {
			set.Add(ast.NewTerm(m.val))
		}
		return set
	}
	return in.unknowns.add(&info{kind: setKind, closed: true, members: mergeMembers(members)})
}

// objectOf is the object with these members; the same key with two values is a
// conflict, and unknown where one of them is only possible.
func (in *Interpreter) objectOf(members []member) (ast.Value, error) {
	var keyTaint taint
	index := map[int][]int{} // hash of a key -> positions in merged
	var merged []member
	groundKeys := true
next:
	for _, m := range members {
		if !ground(m.key) {
			groundKeys, keyTaint = false, keyTaint.union(in.taintOf(m.key))
		}
		hash := m.key.Hash()
		for _, at := range index[hash] {
			old := &merged[at]
			if old.key.Compare(m.key) != 0 {
				continue
			}
			if err := in.mergeMember(old, m); err != nil {
				return nil, err
			}
			continue next
		}
		index[hash] = append(index[hash], len(merged))
		merged = append(merged, m)
	}
	if !groundKeys {
		t := keyTaint
		for _, m := range merged {
			t = t.union(m.st.taint).union(in.taintOf(m.val))
		}
		return in.derive(objectKind, t), nil
	}
	if in.anyPossible(merged) {
		return in.unknowns.add(&info{kind: objectKind, closed: true, members: merged}), nil
	}
	pairs := make([][2]*ast.Term, len(merged))
	for i, m := range merged {
		pairs[i] = ast.Item(ast.NewTerm(m.key), ast.NewTerm(m.val))
	}
	return ast.NewObject(pairs...), nil
}

// mergeMember adds a second solution for the key of a member.
func (in *Interpreter) mergeMember(old *member, m member) error {
	ans, _ := in.equal(old.val, m.val)
	if ans == yes {
		switch {
		case !m.st.possible:
			old.st = certain
		case old.st.possible:
			old.st = old.st.and(m.st)
		}
		return nil
	}
	if ans == no && !old.st.possible && !m.st.possible {
		return fmt.Errorf("%w for the key %s of an object", ErrConflict, m.key)
	}
	// Either value, or a conflict: the key is only possible.
	t := old.st.taint.union(m.st.taint).union(in.taintOf(old.val)).union(in.taintOf(m.val))
	*old = member{key: m.key, val: in.derive(anyKind, t), st: certain.hanging(t)}
	return nil
}

// mergeMembers drops members that are the same as others, a certain one before
// a possible one.
func mergeMembers(members []member) []member {
	index := map[int][]int{}
	var out []member
next:
	for _, m := range members {
		hash := m.val.Hash()
		for _, at := range index[hash] {
			old := &out[at]
			if old.val.Compare(m.val) != 0 {
				continue
			}
			switch {
			case !m.st.possible:
				old.st = certain
			case old.st.possible:
				old.st = old.st.and(m.st)
			}
			continue next
		}
		index[hash] = append(index[hash], len(out))
		out = append(out, m)
	}
	return out
}

func (in *Interpreter) anyPossible(members []member) bool {
	for _, m := range members {
		if m.st.possible {
			return true
		}
	}
	return false
}

func anyMany(members []member) bool {
	for _, m := range members {
		if m.st.many {
			return true
		}
	}
	return false
}

// membersOf are the members of a set that is known at least as far as its
// candidates; ok is false for anything else.
func (in *Interpreter) membersOf(v ast.Value) ([]member, bool) {
	switch v := v.(type) {
	case ast.Set:
		return in.setMembers(v), true
	case ast.Var:
		if i := in.unknowns.of(v); i.kind == setKind && i.closed {
			return i.members, true
		}
	}
	return nil, false
}
