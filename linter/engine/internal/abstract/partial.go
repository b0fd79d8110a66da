package abstract

import (
	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/aksnetlint/aksnetlint/linter/engine/internal/pack"
)

// entry is one value at a path of keys, of rules like p[k] := v.
type entry struct {
	path  []ast.Value
	val   ast.Value
	inSet bool
	st    state
}

// evalChildren makes the object of rules whose heads name keys below the node:
// p.a := 1, p[k] := v, p[k] contains v, and of the packages below a package.
func (in *Interpreter) evalChildren(node *ast.TreeNode, ext *extent) error {
	var entries []entry
	for _, key := range node.Sorted {
		child := node.Child(key)
		if child == nil || len(child.Values) > 0 && len(child.Values[0].Head.Args) > 0 {
			continue
		}
		sub, err := in.extentOf(child)
		if err != nil {
			return err
		}
		for _, o := range sub.outcomes {
			entries = append(entries, entry{path: []ast.Value{key}, val: o.val, st: o.st})
		}
	}
	for _, r := range pack.RulesAt(node) {
		if len(r.Head.Args) > 0 {
			return unsupported("function with a variable name", r.Location)
		}
		below, err := in.ruleEntries(r)
		if err != nil {
			return err
		}
		entries = append(entries, below...)
	}
	v, err := in.nest(entries)
	if err != nil {
		return err
	}
	ext.outcomes = []outcome{{val: v}}
	return nil
}

// ruleEntries evaluates one rule with keys in its head.
func (in *Interpreter) ruleEntries(r *ast.Rule) ([]entry, error) {
	if r.Else != nil || r.Default {
		return nil, unsupported("else or default with a key", r.Location)
	}
	ref := r.Head.Reference
	keys := ref[len(ref.GroundPrefix()):]
	value := r.Head.Value
	set := r.Head.RuleKind() == ast.MultiValue
	if set {
		value = r.Head.Key
	}
	var entries []entry
	f := in.frame()
	defer f.free()
	var solve func(i int, path []ast.Value, st state) error
	solve = func(i int, path []ast.Value, st state) error {
		if i < len(keys) {
			return f.term(keys[i], st, func(v ast.Value, st state) error { return solve(i+1, append(path[:i:i], v), st) })
		}
		return f.term(value, st, func(v ast.Value, st state) error {
			entries = append(entries, entry{path: path, val: v, inSet: set, st: st})
			return nil
		})
	}
	err := f.body(r.Body, 0, certain, func(st state) error { return solve(0, nil, st) })
	return entries, err
}

// nest builds the object of entries, level by level.
func (in *Interpreter) nest(entries []entry) (ast.Value, error) {
	var members []member
	type group struct {
		key     ast.Value
		entries []entry
	}
	var groups []*group
	byHash := map[int][]*group{}
next:
	for _, e := range entries {
		if len(e.path) == 1 && !e.inSet {
			members = append(members, member{key: e.path[0], val: e.val, st: e.st})
			continue
		}
		hash := e.path[0].Hash()
		inner := e
		inner.path = e.path[1:]
		for _, g := range byHash[hash] {
			if g.key.Compare(e.path[0]) == 0 {
				g.entries = append(g.entries, inner)
				continue next
			}
		}
		g := &group{key: e.path[0], entries: []entry{inner}}
		groups, byHash[hash] = append(groups, g), append(byHash[hash], g)
	}
	for _, g := range groups {
		m := member{key: g.key, st: in.some(g.entries)}
		var err error
		if m.val, err = in.nestGroup(g.entries); err != nil {
			return nil, err
		}
		members = append(members, m)
	}
	return in.objectOf(members)
}

// some is the state of there being any of the entries.
func (in *Interpreter) some(entries []entry) state {
	st := state{possible: true}
	for _, e := range entries {
		if !e.st.possible {
			return certain
		}
		st.taint = st.taint.union(e.st.taint)
	}
	return st
}

func (in *Interpreter) nestGroup(entries []entry) (ast.Value, error) {
	if len(entries[0].path) > 0 {
		return in.nest(entries)
	}
	members := make([]member, len(entries))
	for i, e := range entries {
		members[i] = member{val: e.val, st: e.st}
	}
	return in.setOf(members), nil
}
