package engine

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Value is JSON in the form that rules read it in: a part of any number of
// documents, which Prepare takes as it is. The zero Value is null.
type Value struct {
	value ast.Value
	// unknowns are those that are in the value.
	unknowns []*Unknown
	// withheld is set where a part is withheld.
	withheld bool
	// interned is set for a value that is held once for all that are equal to it.
	interned bool
}

// BoolValue is a boolean.
func BoolValue(b bool) Value { return Value{value: ast.InternedTerm(b).Value, interned: true} }

// IntValue is a whole number.
func IntValue(n int64) Value { return Value{value: ast.Number(strconv.FormatInt(n, 10))} }

// FloatValue is a number.
func FloatValue(f float64) Value {
	return Value{value: ast.Number(strconv.FormatFloat(f, 'g', -1, 64))}
}

// NumberValue is a number by its JSON literal.
func NumberValue(literal string) Value { return interned.number(literal) }

// TextValue is a string.
func TextValue(s string) Value { return interned.text(s) }

// UnknownValue is a value that is not known; null for a nil Unknown.
func UnknownValue(u *Unknown) Value {
	if u == nil {
		return Value{}
	}
	return Value{value: u.variable(), unknowns: []*Unknown{u}}
}

// ListValue is an array.
func ListValue(items []Value) Value {
	var list Value
	backing := make([]ast.Term, len(items))
	terms := make([]*ast.Term, len(items))
	common := len(items) <= maxInternedSize
	for i, item := range items {
		backing[i].Value = item.orNull()
		terms[i] = &backing[i]
		list.add(item)
		common = common && item.isInterned()
	}
	list.value = ast.NewArray(terms...)
	if common {
		return interned.composite(list.value)
	}
	return list
}

// Field is a member of an object.
type Field struct {
	Name  string
	Value Value
}

// ObjectValue is an object; of fields with the same name the last one counts.
func ObjectValue(fields []Field) Value {
	var object Value
	backing := make([]ast.Term, len(fields))
	var few [16][2]*ast.Term
	pairs := few[:0]
	common := len(fields) <= maxInternedSize
	for i, f := range fields {
		backing[i].Value = f.Value.orNull()
		pairs = append(pairs, [2]*ast.Term{fieldName(f.Name), &backing[i]})
		object.add(f.Value)
		common = common && len(f.Name) <= maxInternedText && f.Value.isInterned()
	}
	object.value = ast.NewObject(pairs...)
	if common {
		return interned.composite(object.value)
	}
	return object
}

// isInterned says whether a value is held once; null always is.
func (v Value) isInterned() bool { return v.interned || v.value == nil }

func (v Value) orNull() ast.Value {
	if v.value == nil {
		return ast.NullValue
	}
	return v.value
}

func (v *Value) add(part Value) {
	v.withheld = v.withheld || part.withheld
	for _, u := range part.unknowns {
		if !slices.Contains(v.unknowns, u) {
			v.unknowns = append(v.unknowns, u)
		}
	}
}

// variable stands for the unknown in documents.
func (u *Unknown) variable() ast.Var {
	if u.id.Load() == 0 {
		u.id.CompareAndSwap(0, lastUnknown.Add(1))
	}
	// No Rego variable can have a name with a question mark.
	return ast.Var("?" + strconv.FormatUint(u.id.Load(), 10))
}

// maxFieldNames bounds the names that are kept.
const maxFieldNames = 4096

// fieldNames holds the names of fields, which are few and many times the same.
var fieldNames = struct {
	sync.RWMutex
	terms map[string]*ast.Term
}{terms: map[string]*ast.Term{}}

func fieldName(name string) *ast.Term {
	fieldNames.RLock()
	t := fieldNames.terms[name]
	fieldNames.RUnlock()
	if t != nil {
		return t
	}
	t = ast.StringTerm(strings.Clone(name)) // It may be a part of a file, which is not kept with it.
	fieldNames.Lock()
	defer fieldNames.Unlock()
	if len(fieldNames.terms) < maxFieldNames {
		fieldNames.terms[name] = t
	}
	return t
}
