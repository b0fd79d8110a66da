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
	// next is one with other arguments and the same key.
	next *call
}

// maxOutcomes bounds the alternatives that are followed one by one; more
// become one unknown value.
const maxOutcomes = 4

// dataRef follows a reference below data: through packages to rules, or into
// the base documents.
func (f *frame) dataRef(r ast.Ref, st state, k yieldValue) error {
	if len(r) == 1 {
		return unsupported("data as a whole", r[0].Location)
	}
	at := f.in.place(r)
	switch {
	case at.absent:
		return nil
	case at.node == nil:
		return f.walk(f.in.baseData(), r[1:], st, k)
	}
	return f.nodeValue(at.node, func(v ast.Value, m state) error { return f.walk(v, r[at.rest:], st.and(m), k) })
}

// baseData are the base documents as they are in the present world.
func (in *Interpreter) baseData() ast.Value {
	if in.world.data != nil {
		return in.world.data
	}
	return in.data
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
	var looked taint
	for _, r := range pack.RulesAt(node) {
		more, err := in.partialMembers(r, members)
		if in.blind && errors.Is(err, ErrLooked) {
			// All definitions count: what the others look at is of interest as well.
			looked, in.touched = looked.union(in.touched), nil
			continue
		}
		if err != nil {
			return nil, err
		}
		members = more
	}
	if len(looked) > 0 {
		in.touch(looked)
		return nil, ErrLooked
	}
	return mergeMembers(members), nil
}

// partialMembers adds the members of one definition.
func (in *Interpreter) partialMembers(r *ast.Rule, members []member) ([]member, error) {
	f := in.frame()
	defer f.free()
	err := f.body(r.Body, 0, certain, func(st state) error {
		return f.term(r.Head.Key, st, func(v ast.Value, st state) error {
			members = append(members, member{val: v, st: st})
			return nil
		})
	})
	return members, err
}

// singleValue evaluates the definitions of a rule or function for arguments.
func (in *Interpreter) singleValue(rules []*ast.Rule, args []ast.Value) ([]outcome, error) {
	all := in.spareOutcomes()
	defer func() { in.outcomes = append(in.outcomes, all[:0]) }()
	var fallback *ast.Rule
	for _, r := range rules {
		if r.Default {
			fallback = r
			continue
		}
		more, err := in.chain(r, args, all)
		if err != nil {
			return nil, err
		}
		all = more
	}
	if len(all) == 0 && fallback == nil {
		return nil, nil
	}
	return in.combine(all, fallback)
}

// spareOutcomes is an empty list that nobody uses.
func (in *Interpreter) spareOutcomes() []outcome {
	last := len(in.outcomes) - 1
	if last < 0 {
		return make([]outcome, 0, maxOutcomes)
	}
	list := in.outcomes[last]
	in.outcomes = in.outcomes[:last]
	return list
}

// chain evaluates a definition and its else branches: a branch counts where
// those before it have no solution.
func (in *Interpreter) chain(r *ast.Rule, args []ast.Value, all []outcome) ([]outcome, error) {
	before := certain
	for ; r != nil; r = r.Else {
		first := len(all)
		var err error
		if all, err = in.define(r, args, all); err != nil {
			return nil, err
		}
		settled := false
		hanging := state{}
		for i := range all[first:] {
			o := &all[first+i]
			if o.st.possible {
				hanging = hanging.hanging(o.st.taint)
			} else {
				settled = true
			}
			o.st = o.st.and(before)
		}
		if settled {
			break
		}
		before = before.and(hanging)
	}
	return all, nil
}

// define adds the outcomes of one definition.
func (in *Interpreter) define(r *ast.Rule, args []ast.Value, all []outcome) ([]outcome, error) {
	if len(args) != len(r.Head.Args) {
		return nil, unsupported("number of arguments", r.Location)
	}
	f := in.frame()
	defer f.free()
	st, n, err := f.attemptArgs(r.Head.Args, args)
	if err != nil || n == none {
		return all, err
	}
	if n == several {
		f.undo(0)
		return f.defineEach(r, all, func(k yield) error {
			return f.bindArgs(r.Head.Args, args, certain, func(st state) error { return f.body(r.Body, 0, st, k) })
		})
	}
	st, i, n, err := f.attempts(r.Body, 0, st)
	if err != nil || n == none {
		return all, err
	}
	if n == several {
		return f.defineEach(r, all, func(k yield) error { return f.alternatives(r.Body, i, st, k) })
	}
	v, st, n, err := f.value(r.Head.Value, st)
	if err != nil || n == none {
		return all, err
	}
	if n == several {
		return f.defineEach(r, all, func(k yield) error { return k(st) })
	}
	return append(all, outcome{v, st}), nil
}

// defineEach adds the outcomes of a definition that may have several.
func (f *frame) defineEach(r *ast.Rule, all []outcome, solve func(yield) error) ([]outcome, error) {
	var out []outcome
	add := func(v ast.Value, st state) error {
		out = addOutcome(out, outcome{v, st})
		if !st.possible && scalar(r.Head.Value) || len(out) > maxOutcomes {
			return errStop
		}
		return nil
	}
	err := solve(func(st state) error { return f.term(r.Head.Value, st, add) })
	if err != nil && !errors.Is(err, errStop) {
		return nil, err
	}
	if len(out) > maxOutcomes {
		return append(all, f.in.joined(out)), nil
	}
	return append(all, out...), nil
}

// bindArgs binds the arguments of a definition.
func (f *frame) bindArgs(terms []*ast.Term, args []ast.Value, st state, k yield) error {
	if len(terms) == 0 {
		return k(st)
	}
	return f.match(terms[0], args[0], st, func(st state) error { return f.bindArgs(terms[1:], args[1:], st, k) })
}

// attemptArgs binds arguments that match in one way.
func (f *frame) attemptArgs(terms []*ast.Term, args []ast.Value) (st state, n solutions, err error) {
	for i, t := range terms {
		if st, n, err = f.attemptMatch(t, args[i], st); n != single || err != nil {
			return st, n, err
		}
	}
	return st, single, nil
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
		f := in.frame()
		defer f.free()
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
