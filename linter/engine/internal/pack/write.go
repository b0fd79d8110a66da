package pack

import (
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// writer appends to out; index leads from a string to its place in strings.
type writer struct {
	out     []byte
	strings []string
	index   map[string]int

	compiler *ast.Compiler
	// modules leads from a compiled module to its place in paths.
	modules map[*ast.Module]int
	paths   []string

	file string
	last ast.Location
	// locals are the names of the rule's local variables by those that the
	// compiler gave them.
	locals map[ast.Var]string
	err    error
}

func (w *writer) int(n int)    { w.out = binary.AppendUvarint(w.out, uint64(n)) }
func (w *writer) signed(n int) { w.out = binary.AppendVarint(w.out, int64(n)) }

func (w *writer) text(s string) {
	w.int(len(s))
	w.out = append(w.out, s...)
}

// word writes a string by its index in the table.
func (w *writer) word(s string) {
	i, ok := w.index[s]
	if !ok {
		i = len(w.strings)
		w.index[s] = i
		w.strings = append(w.strings, s)
	}
	w.int(i)
}

// table writes the strings: their number, where each ends, and their bytes.
func (w *writer) table() {
	w.int(len(w.strings))
	end := 0
	for _, s := range w.strings {
		end += len(s)
		w.out = binary.LittleEndian.AppendUint32(w.out, uint32(end))
	}
	w.text(strings.Join(w.strings, ""))
}

func (w *writer) fail(format string, args ...any) {
	if w.err == nil {
		w.err = fmt.Errorf(format, args...)
	}
}

// module writes a module without its rules.
func (w *writer) module(m Module) {
	w.text(m.Path)
	w.int(len(m.Words))
	for _, word := range m.Words {
		w.text(word)
	}
	w.int(len(m.Uses))
	for _, i := range m.Uses {
		w.int(i)
	}
	w.int(m.Package.Location.Row)
	w.int(m.Package.Location.Col)
	w.int(len(m.Package.Path) - 1)
	for _, t := range m.Package.Path[1:] {
		w.key(t.Value)
	}
}

// key writes a step of a path below data.
func (w *writer) key(v ast.Value) {
	s, ok := v.(ast.String)
	if !ok {
		w.fail("%v of %T in the path of a rule", v, v)
	}
	w.text(string(s))
}

// node writes a node of the tree of rules: its rules and what is below it.
func (w *writer) node(n *ast.TreeNode) {
	list := n.Values
	if slices.ContainsFunc(list, func(r *ast.Rule) bool { return !r.Head.Ref().IsGround() }) {
		// OPA looks up all rules below such a rule together.
		n.DepthFirst(func(c *ast.TreeNode) bool {
			if c != n {
				list = append(list[:len(list):len(list)], c.Values...)
			}
			return false
		})
	}
	flags := 0
	if len(list) > 0 {
		flags |= hasRules
	}
	group := slices.IndexFunc(list, w.grouped)
	if group >= 0 {
		flags |= isGrouped
	}
	w.int(flags)
	if len(list) > 0 {
		w.int(len(n.Values[0].Head.Args))
		if group >= 0 {
			w.int(w.modules[list[group].Module])
		}
		w.rules(len(n.Values), list)
	}
	w.int(len(n.Children))
	for _, key := range slices.SortedFunc(maps.Keys(n.Children), ast.Value.Compare) {
		if n != w.compiler.RuleTree {
			w.key(key)
		}
		w.node(n.Children[key])
	}
}

// grouped reports whether OPA keeps an index of a comprehension of the rule.
func (w *writer) grouped(r *ast.Rule) bool {
	found := false
	ast.WalkTerms(r, func(t *ast.Term) bool {
		found = found || w.compiler.ComprehensionIndex(t) != nil
		return found
	})
	return found
}

// rules writes the rules that a node answers for as one text. The first own
// ones stand at the node itself.
func (w *writer) rules(own int, list []*ast.Rule) {
	outer := w.out
	w.out = nil
	w.int(own)
	w.int(len(list))
	for _, r := range list {
		i, known := w.modules[r.Module]
		if !known {
			w.fail("%v: a rule of an unknown module", r.Location)
			break
		}
		w.int(i)
		w.file, w.last = w.paths[i], ast.Location{}
		w.locals = map[ast.Var]string{}
		w.rule(r)
	}
	blob := w.out
	w.out = outer
	w.text(string(blob))
}

func (w *writer) rule(r *ast.Rule) {
	flags := 0
	if r.Default {
		flags |= isDefault
	}
	if r.Head.Assign {
		flags |= isAssigned
	}
	if r.Else != nil {
		flags |= hasElse
	}
	w.int(flags)
	w.place(r.Location)
	w.place(r.Head.Location)
	w.word(string(r.Head.Name))
	w.terms(r.Head.Reference)
	w.terms(r.Head.Args)
	w.term(r.Head.Key)
	w.term(r.Head.Value)
	w.body(r.Body)
	if r.Else != nil {
		w.rule(r.Else)
	}
}

func (w *writer) body(b ast.Body) {
	w.int(len(b))
	for _, e := range b {
		w.expr(e)
	}
}

func (w *writer) expr(e *ast.Expr) {
	flags := 0
	if e.Generated {
		flags |= generated
	}
	if e.Negated {
		flags |= negated
	}
	switch e.Terms.(type) {
	case []*ast.Term:
		flags |= isCall
	case *ast.Every:
		flags |= isEvery
	}
	w.int(flags)
	w.place(e.Location)
	w.int(e.Index)
	switch t := e.Terms.(type) {
	case *ast.Term:
		w.term(t)
	case []*ast.Term:
		w.terms(t)
	case *ast.Every:
		w.place(t.Location)
		w.term(t.Key)
		w.term(t.Value)
		w.term(t.Domain)
		w.body(t.Body)
	default:
		w.fail("%v: an expression of %T", e.Location, e.Terms)
	}
	w.int(len(e.With))
	for _, with := range e.With {
		w.place(with.Location)
		w.term(with.Target)
		w.term(with.Value)
	}
}
