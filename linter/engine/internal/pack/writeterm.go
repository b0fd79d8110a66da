package pack

import (
	"fmt"
	"sort"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

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
