package engine

import (
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
)

const (
	// maxInterned bounds the texts that are kept, the numbers and the lists and
	// objects, each by itself.
	maxInterned = 8192
	// maxInternedText bounds a text or number that is kept, in bytes, and
	// maxInternedSize the members of a list or object.
	maxInternedText, maxInternedSize = 64, 6
)

// interned holds small values that objects have in common, such as types,
// namespaces and the ports of Services: each is there once, however many objects
// hold it.
var interned = newInternTable(maxInterned)

type internTable struct {
	sync.RWMutex
	// limit bounds the members of each map.
	limit          int
	texts, numbers map[string]ast.Value
	// composites are lists and objects by their hash, one for each.
	composites map[int]ast.Value
}

func newInternTable(limit int) *internTable {
	return &internTable{limit: limit, texts: map[string]ast.Value{}, numbers: map[string]ast.Value{}, composites: map[int]ast.Value{}}
}

// text is a string that is equal to s.
func (t *internTable) text(s string) Value {
	return t.scalar(t.texts, s, func(s string) ast.Value { return ast.String(s) })
}

// number is a number by its literal.
func (t *internTable) number(literal string) Value {
	return t.scalar(t.numbers, literal, func(s string) ast.Value { return ast.Number(s) })
}

// scalar is what is kept for a text. The text may be a part of a file, which
// must not be kept with it.
func (t *internTable) scalar(known map[string]ast.Value, s string, convert func(string) ast.Value) Value {
	if len(s) > maxInternedText {
		return Value{value: convert(s)}
	}
	t.RLock()
	v := known[s]
	t.RUnlock()
	if v != nil {
		return Value{value: v, interned: true}
	}
	t.Lock()
	defer t.Unlock()
	if len(known) >= t.limit {
		return Value{value: convert(s)}
	}
	s = strings.Clone(s)
	v = convert(s)
	known[s] = v
	return Value{value: v, interned: true}
}

// composite is a list or object that is equal to v, whose members are interned.
func (t *internTable) composite(v ast.Value) Value {
	hash := v.Hash()
	t.RLock()
	known := t.composites[hash]
	t.RUnlock()
	if known != nil {
		if isSame(known, v) {
			return Value{value: known, interned: true}
		}
		return Value{value: v}
	}
	t.Lock()
	defer t.Unlock()
	if len(t.composites) >= t.limit {
		return Value{value: v}
	}
	t.composites[hash] = v
	return Value{value: v, interned: true}
}

// isSame says whether two values are the same to the letter: 1 and 1.0, which
// OPA takes for equal, are not.
func isSame(a, b ast.Value) bool {
	switch a := a.(type) {
	case ast.Number:
		b, ok := b.(ast.Number)
		return ok && a == b
	case *ast.Array:
		b, ok := b.(*ast.Array)
		if !ok || a.Len() != b.Len() {
			return false
		}
		for i := range a.Len() {
			if !isSame(a.Elem(i).Value, b.Elem(i).Value) {
				return false
			}
		}
		return true
	case ast.Object:
		b, ok := b.(ast.Object)
		return ok && a.Len() == b.Len() && !a.Until(func(name, member *ast.Term) bool {
			other := b.Get(name)
			return other == nil || !isSame(member.Value, other.Value)
		})
	}
	return a.Compare(b) == 0
}
