package pack

import (
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"sort"
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

func (w *writer) terms(list []*ast.Term) {
	w.int(len(list))
	for _, t := range list {
		w.term(t)
	}
}

// term writes a term, or that there is none.
func (w *writer) term(t *ast.Term) {
	if t == nil {
		w.out = append(w.out, byte(absentKind))
		return
	}
	manner := w.manner(t.Location)
	if manner == nearPlace && w.last.Row > 0 {
		manner = samePlace
	}
	w.out = append(w.out, byte(w.kind(t.Value))|manner<<kindBits)
	w.placeBody(t.Location, int(manner))
	w.value(t.Value)
}

func (w *writer) kind(v ast.Value) kind {
	switch v := v.(type) {
	case ast.String:
		return stringKind
	case ast.Var:
		return varKind
	case ast.Number:
		return numberKind
	case ast.Null:
		return nullKind
	case ast.Boolean:
		if v {
			return trueKind
		}
		return falseKind
	case ast.Ref:
		return refKind
	case *ast.Array:
		return arrayKind
	case ast.Object:
		return objectKind
	case ast.Set:
		return setKind
	case ast.Call:
		return callKind
	case *ast.ArrayComprehension:
		return arrayComprehensionKind
	case *ast.ObjectComprehension:
		return objectComprehensionKind
	case *ast.SetComprehension:
		return setComprehensionKind
	}
	w.fail("a term of %T", v)
	return absentKind
}

func (w *writer) value(v ast.Value) {
	switch v := v.(type) {
	case ast.String:
		w.word(string(v))
	case ast.Var:
		w.word(w.local(v))
	case ast.Number:
		w.word(string(v))
	case ast.Ref:
		w.terms(v)
	case ast.Call:
		w.terms(v)
	case *ast.Array:
		w.int(v.Len())
		v.Foreach(w.term)
	case ast.Set:
		w.terms(sorted(v.Slice()))
	case ast.Object:
		keys := sorted(v.Keys())
		w.int(len(keys))
		for _, key := range keys {
			w.term(key)
			w.term(v.Get(key))
		}
	case *ast.ArrayComprehension:
		w.term(v.Term)
		w.body(v.Body)
	case *ast.SetComprehension:
		w.term(v.Term)
		w.body(v.Body)
	case *ast.ObjectComprehension:
		w.term(v.Key)
		w.term(v.Value)
		w.body(v.Body)
	}
}

// localPrefix begins the names that OPA's compiler gives local variables.
const localPrefix = "__local"

// local renames a local variable. The compiler numbers those of all modules in
// a row; a rule's own need to differ among themselves alone, and the fewer names there
// are, the smaller the table.
func (w *writer) local(v ast.Var) string {
	if !strings.HasPrefix(string(v), localPrefix) {
		return string(v)
	}
	name, ok := w.locals[v]
	if !ok {
		name = fmt.Sprintf("%s%d__", localPrefix, len(w.locals))
		w.locals[v] = name
	}
	return name
}

// sorted puts members in one order, so that equal modules make equal packs.
func sorted(terms []*ast.Term) []*ast.Term {
	sort.SliceStable(terms, func(i, j int) bool { return terms[i].Value.Compare(terms[j].Value) < 0 })
	return terms
}

func (w *writer) place(loc *ast.Location) {
	manner := w.manner(loc)
	w.out = append(w.out, manner)
	w.placeBody(loc, int(manner))
}

func (w *writer) manner(loc *ast.Location) byte {
	switch {
	case loc == nil:
		return noPlace
	case loc.File != w.file:
		return otherPlace
	case loc.Row == w.last.Row && loc.Col == w.last.Col:
		return samePlace
	}
	return nearPlace
}

func (w *writer) placeBody(loc *ast.Location, manner int) {
	switch manner {
	case nearPlace:
		w.signed(loc.Row - w.last.Row)
		w.int(loc.Col)
		w.last = ast.Location{Row: loc.Row, Col: loc.Col}
	case otherPlace:
		w.word(loc.File)
		w.int(loc.Row)
		w.int(loc.Col)
	}
}
