package abstract

import (
	"sync"
	"sync/atomic"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/aksnetlint/aksnetlint/linter/engine/internal/pack"
)

// Functions of text and numbers that read neither input nor base documents, such
// as arithmetic with address ranges, are asked the same again and again. What
// they say is kept for all evaluations of a program.

// maxKept bounds the results that are kept of one program.
const maxKept = 1 << 15

// keptResults are results of functions by their arguments. It is safe for
// concurrent use.
type keptResults struct {
	results sync.Map
	count   atomic.Int64
}

// keptKey is a call with scalars for arguments; those that are not there are nil.
type keptKey struct {
	node *ast.TreeNode
	args [3]ast.Value
}

// kept is a result with the steps that it took: they count each time, so that
// no verdict hangs on what was evaluated before.
type kept struct {
	outcomes []outcome
	steps    int
}

// keptKeyOf is the key of a call, if its results may be kept.
func keptKeyOf(fn *function, args []ast.Value) (keptKey, bool) {
	key := keptKey{node: fn.node}
	if len(args) > len(key.args) {
		return key, false
	}
	for i, a := range args {
		switch a.(type) {
		case ast.String, ast.Number, ast.Boolean, ast.Null:
			key.args[i] = a
		default:
			return key, false
		}
	}
	return key, fn.pure()
}

// settledOutcomes says whether all outcomes are certain and known.
func settledOutcomes(outcomes []outcome) bool {
	for _, o := range outcomes {
		if o.st.possible || !ground(o.val) {
			return false
		}
	}
	return true
}

// keep remembers a result, while there is room.
func (p *Program) keep(key keptKey, k kept) {
	if p.kept.count.Add(1) <= maxKept {
		p.kept.results.Store(key, k)
	}
}

// readsNothing looks at a node's rules and all that they refer to; seen are the
// nodes that were looked at.
func (p *Program) readsNothing(node *ast.TreeNode, seen map[*ast.TreeNode]bool) bool {
	if seen[node] {
		return true
	}
	seen[node] = true
	pure := len(node.Values) > 0
	if !pure {
		return false
	}
	for _, rule := range pack.RulesAt(node) {
		ast.WalkExprs(rule, func(e *ast.Expr) bool {
			pure = pure && len(e.With) == 0
			return !pure
		})
		ast.WalkTerms(rule, func(t *ast.Term) bool {
			pure = pure && p.mayRead(t, seen)
			return !pure
		})
	}
	return pure
}

// mayRead says whether a pure function may hold the term.
func (p *Program) mayRead(t *ast.Term, seen map[*ast.TreeNode]bool) bool {
	switch v := t.Value.(type) {
	case ast.Var:
		return v != inputVar
	case ast.Ref:
		switch v[0].Value {
		case inputVar:
			return false
		case dataVar:
			at := p.place(v)
			return at.node != nil && p.readsNothing(at.node, seen)
		}
		decl := ast.BuiltinMap[v.String()]
		return decl == nil || !decl.Nondeterministic && decl.Name != ast.InternalPrint.Name
	}
	return true
}
