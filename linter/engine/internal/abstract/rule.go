package abstract

import (
	"errors"
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/aksnetlint/aksnetlint/linter/engine/internal/pack"
)

// outcome is one value that a rule or function may have.
type outcome struct {
	val ast.Value
	st  state
}

// extent is what a node of the rule tree evaluates to.
type extent struct {
	outcomes []outcome
	members  []member
	touched  taint
	err      error
}

type callKey struct {
	node *ast.TreeNode
	hash int
}

// call is a function's outcomes for some arguments.
type call struct {
	args    []ast.Value
	busy    bool
	results []outcome
	touched taint
}

// maxOutcomes bounds the alternatives that are followed one by one; more
// become one unknown value.
const maxOutcomes = 4

// find is the node of the rule tree at a path of constants, nil for none.
func (in *Interpreter) find(path ast.Ref) *ast.TreeNode {
	node := in.compiler.RuleTree
	for _, t := range path {
		if node = node.Child(t.Value); node == nil {
			return nil
		}
	}
	return node
}

// isBase reports whether a reference leads to base documents only.
func (in *Interpreter) isBase(r ast.Ref) bool {
	node := in.compiler.RuleTree.Child(r[0].Value)
	return node == nil || node.Child(r[1].Value) == nil
}

// dataRef follows a reference below data: through packages to rules, or into
// the base documents.
func (f *frame) dataRef(r ast.Ref, st state, k yieldValue) error {
	node := f.in.compiler.RuleTree.Child(r[0].Value)
	if len(r) == 1 {
		return unsupported("data as a whole", r[0].Location)
	}
	if node == nil || f.in.isBase(r) {
		base := f.in.data
		if f.in.world.data != nil {
			base = f.in.world.data
		}
		return f.walk(base, r[1:], st, k)
	}
	i := 1
	for ; i < len(r); i++ {
		if len(node.Values) > 0 {
			break
		}
		key, constant := r[i].Value.(ast.String)
		if !constant {
			break
		}
		child := node.Child(key)
		if child == nil {
			return nil
		}
		node = child
	}
	return f.nodeValue(node, func(v ast.Value, m state) error { return f.walk(v, r[i:], st.and(m), k) })
}

// nodeValue calls k for each value of a node: of its rule, or of the object
// that its rules make up.
func (f *frame) nodeValue(node *ast.TreeNode, k yieldValue) error {
	ext, err := f.in.extentOf(node)
	if err != nil {
		return err
	}
	for _, o := range ext.outcomes {
		if err := k(o.val, o.st); err != nil {
			return err
		}
	}
	return nil
}

// extentOf evaluates a node once in each world.
func (in *Interpreter) extentOf(node *ast.TreeNode) (*extent, error) {
	if ext, ok := in.world.rules[node]; ok {
		in.touch(ext.touched)
		return ext, ext.err
	}
	if err := in.enter(); err != nil {
		return nil, err
	}
	defer in.leave()
	before := in.touched
	in.touched = nil
	ext := &extent{}
	ext.err = in.evalNode(node, ext)
	ext.touched = in.touched
	in.touched = before.union(ext.touched)
	if ext.err == nil || errors.Is(ext.err, ErrConflict) {
		in.world.rules[node] = ext
	}
	return ext, ext.err
}

func (in *Interpreter) evalNode(node *ast.TreeNode, ext *extent) error {
	if len(node.Values) == 0 {
		return in.evalChildren(node, ext)
	}
	rule := pack.RulesAt(node)[0]
	switch {
	case len(rule.Head.Args) > 0:
		return unsupported("function as a value", rule.Location)
	case in.wholeAt(node, ast.SingleValue):
		outcomes, err := in.singleValue(pack.RulesAt(node), nil)
		ext.outcomes = outcomes
		return err
	case in.wholeAt(node, ast.MultiValue) && len(node.Children) == 0:
		members, err := in.partialSet(node)
		if err != nil {
			return err
		}
		ext.members = members
		ext.outcomes = []outcome{{val: in.setOf(members)}}
		return nil
	}
	return in.evalChildren(node, ext)
}

// wholeAt reports whether the node's rules are of one kind and name the node
// itself, not keys below it.
func (in *Interpreter) wholeAt(node *ast.TreeNode, k ast.RuleKind) bool {
	for _, r := range pack.RulesAt(node) {
		ref := r.Head.Reference
		if r.Head.RuleKind() != k || len(ref) != len(ref.GroundPrefix()) {
			return false
		}
	}
	return true
}

// partialSet evaluates rules of the form p contains x.
func (in *Interpreter) partialSet(node *ast.TreeNode) ([]member, error) {
	if ext, ok := in.world.rules[node]; ok && ext.err == nil {
		in.touch(ext.touched)
		return ext.members, nil
	}
	var members []member
	for _, r := range pack.RulesAt(node) {
		f := &frame{in: in}
		err := f.body(r.Body, 0, certain, func(st state) error {
			return f.term(r.Head.Key, st, func(v ast.Value, st state) error {
				members = append(members, member{val: v, st: st})
				return nil
			})
		})
		if err != nil {
			return nil, err
		}
	}
	return mergeMembers(members), nil
}

// singleValue evaluates the definitions of a rule or function for arguments.
func (in *Interpreter) singleValue(rules []*ast.Rule, args []ast.Value) ([]outcome, error) {
	var all []outcome
	var fallback *ast.Rule
	for _, r := range rules {
		if r.Default {
			fallback = r
			continue
		}
		if err := in.chain(r, args, &all); err != nil {
			return nil, err
		}
	}
	return in.combine(all, fallback)
}

// chain evaluates a definition and its else branches: a branch counts where
// those before it have no solution.
func (in *Interpreter) chain(r *ast.Rule, args []ast.Value, all *[]outcome) error {
	before := certain
	for ; r != nil; r = r.Else {
		outcomes, err := in.define(r, args)
		if err != nil {
			return err
		}
		settled := false
		hanging := state{}
		for _, o := range outcomes {
			if o.st.possible {
				hanging = hanging.hanging(o.st.taint)
			} else {
				settled = true
			}
			o.st = o.st.and(before)
			*all = append(*all, o)
		}
		if settled {
			return nil
		}
		before = before.and(hanging)
	}
	return nil
}

// define evaluates one definition.
func (in *Interpreter) define(r *ast.Rule, args []ast.Value) ([]outcome, error) {
	var out []outcome
	f := &frame{in: in}
	solve := func(st state) error {
		return f.body(r.Body, 0, st, func(st state) error {
			return f.term(r.Head.Value, st, func(v ast.Value, st state) error {
				out = addOutcome(out, outcome{v, st})
				if !st.possible && scalar(r.Head.Value) || len(out) > maxOutcomes {
					return errStop
				}
				return nil
			})
		})
	}
	var bind func(i int, st state) error
	bind = func(i int, st state) error {
		if i == len(args) {
			return solve(st)
		}
		return f.match(r.Head.Args[i], args[i], st, func(st state) error { return bind(i+1, st) })
	}
	if len(args) != len(r.Head.Args) {
		return nil, unsupported("number of arguments", r.Location)
	}
	if err := bind(0, certain); err != nil && !errors.Is(err, errStop) {
		return nil, err
	}
	if len(out) > maxOutcomes {
		return []outcome{in.joined(out)}, nil
	}
	return out, nil
}

// joined is one outcome that stands for several and for all that were not
// looked for after them: whether there is one, and which, hangs on what they
// hang on.
func (in *Interpreter) joined(outcomes []outcome) outcome {
	var t taint
	for _, o := range outcomes {
		t = t.union(o.st.taint).union(in.taintOf(o.val))
	}
	return outcome{in.derive(anyKind, t), certain.hanging(t)}
}

func scalar(t *ast.Term) bool {
	switch t.Value.(type) {
	case ast.Null, ast.Boolean, ast.Number, ast.String:
		return true
	}
	return false
}

// addOutcome adds an outcome, merged with one of the same value.
func addOutcome(list []outcome, o outcome) []outcome {
	for i := range list {
		old := &list[i]
		if old.val.Compare(o.val) != 0 {
			continue
		}
		switch {
		case !o.st.possible:
			old.st = certain
		case old.st.possible:
			old.st = old.st.and(o.st)
		}
		return list
	}
	return append(list, o)
}

// combine settles what a rule's value can be, of the outcomes of all its
// definitions and its default.
func (in *Interpreter) combine(all []outcome, fallback *ast.Rule) ([]outcome, error) {
	var merged []outcome
	for _, o := range all {
		merged = addOutcome(merged, o)
	}
	settled, t := 0, taint(nil)
	for _, o := range merged {
		t = t.union(o.st.taint)
		if !o.st.possible {
			settled++
		}
	}
	if settled == 0 && fallback != nil {
		f := &frame{in: in}
		err := f.term(fallback.Head.Value, certain, func(v ast.Value, st state) error {
			if len(merged) > 0 {
				st = st.hanging(t)
			}
			merged = addOutcome(merged, outcome{v, st})
			return nil
		})
		if err != nil {
			return nil, err
		}
		if len(merged) == 1 {
			merged[0].st = certain
		}
	}
	return in.alternatives(merged, settled, t)
}

// alternatives weakens outcomes that may be in conflict with each other and
// joins too many of them.
func (in *Interpreter) alternatives(merged []outcome, settled int, t taint) ([]outcome, error) {
	if settled > 0 && len(merged) > 1 {
		for i := range merged {
			o := merged[i]
			ans, more := in.equal(merged[0].val, o.val)
			if settled > 1 && ans == no && !o.st.possible && !merged[0].st.possible {
				return nil, fmt.Errorf("%w of a rule: %s and %s", ErrConflict, merged[0].val, o.val)
			}
			t = t.union(more)
		}
		for i := range merged {
			merged[i].st = certain.hanging(t)
		}
		in.touch(t)
	}
	if len(merged) > maxOutcomes {
		return []outcome{in.joined(merged)}, nil
	}
	return merged, nil
}
