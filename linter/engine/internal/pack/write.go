package pack

import (
	"encoding/binary"
	"fmt"
	"sort"

	"github.com/open-policy-agent/opa/v1/ast"
)

// writer appends to out; index leads from a string to its place in strings.
type writer struct {
	out     []byte
	strings []string
	index   map[string]int

	file string
	last ast.Location
	err  error
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

func (w *writer) words(list []string) {
	w.int(len(list))
	for _, s := range list {
		w.word(s)
	}
}

func (w *writer) fail(format string, args ...any) {
	if w.err == nil {
		w.err = fmt.Errorf(format, args...)
	}
}

func (w *writer) module(m Module) error {
	w.file, w.last = m.Path, ast.Location{}
	w.word(m.Path)
	w.words(m.Words)
	w.int(len(m.Uses))
	for _, i := range m.Uses {
		w.int(i)
	}
	w.place(m.AST.Package.Location)
	w.terms(m.AST.Package.Path)

	outer := w.out
	w.out, w.last = nil, ast.Location{}
	w.int(len(m.AST.Rules))
	for _, r := range m.AST.Rules {
		w.rule(r)
	}
	rules := w.out
	w.out = outer
	w.text(string(rules))
	return w.err
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
	at := len(w.out)
	w.out = append(w.out, byte(w.kind(t.Value)))
	w.out[at] |= w.manner(t.Location) << kindBits
	w.placeBody(t.Location, int(w.out[at]>>kindBits))
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
		w.word(string(v))
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
