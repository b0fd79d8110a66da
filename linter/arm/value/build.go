package value

import (
	"math"
	"slices"
	"strings"
	"unicode"
)

// marks are facts about a value or about what it holds.
type marks uint8

const (
	markUnknown marks = 1 << iota
	markSecret
	markPath
)

// largeObject is the number of members from which an index of names pays.
const largeObject = 16

// NewNull makes the value null.
func NewNull() *Value { return &Value{Kind: Null} }

// NewBool makes a boolean.
func NewBool(b bool) *Value { return &Value{Kind: Bool, Bool: b} }

// NewInt makes an integer.
func NewInt(n int64) *Value { return &Value{Kind: Int, Int: n} }

// NewFloat makes a number that is no integer; literal is its spelling, or "".
// A number too large for 64 bits, or none at all, is an unknown value: neither
// JSON nor Rego can hold it, and no rule should compare with it.
func NewFloat(f float64, literal string) *Value {
	if !math.IsNaN(f) && !math.IsInf(f, 0) {
		return &Value{Kind: Float, Float: f, Str: literal}
	}
	if literal == "" {
		literal = FloatText(f)
	}
	return NewUnknown(&Doubt{Reason: Limit, Expr: literal})
}

// NewString makes a string.
func NewString(s string) *Value { return &Value{Kind: String, Str: s} }

// NewUnknown makes a value that is not known because of d.
func NewUnknown(d *Doubt) *Value { return &Value{Kind: Unknown, Doubt: d, Secret: d.Secret} }

// NewArray makes an array of items and keeps the slice. Arrays must be made
// here or they do not know what they hold.
func NewArray(items []*Value) *Value {
	v := &Value{Kind: Array, Items: items}
	for _, item := range items {
		v.holds |= item.marks()
	}
	return v
}

// NewObject makes an object of members and keeps the slice, in which no two
// names are spelled alike. Objects must be made here or by a Builder or they do
// not know what they hold.
func NewObject(members []Member) *Value {
	v := &Value{Kind: Object, Members: members}
	for _, m := range members {
		v.holds |= m.Value.marks()
	}
	if len(members) > largeObject {
		v.names = make(map[string]int, len(members))
		for i, m := range members {
			key := Fold(m.Name)
			if _, ok := v.names[key]; !ok {
				v.names[key] = i
			}
		}
	}
	return v
}

// marks are those of the value itself together with those of what it holds.
func (v *Value) marks() marks {
	m := v.holds
	switch {
	case v.Kind == Unknown:
		// What it holds is not marked.
		m |= markUnknown | markPath
	case v.Kind == String && v.Str != "" && v.Str[0] == '/':
		m |= markPath
	}
	if v.Secret {
		m |= markSecret
	}
	return m
}

// HoldsUnknown says whether v is unknown or holds an unknown value anywhere.
func (v *Value) HoldsUnknown() bool { return v != nil && v.marks()&markUnknown != 0 }

// HoldsPath says whether v is or holds a text that begins with a slash, as ids of
// resources do, or may do so since something in it is unknown.
func (v *Value) HoldsPath() bool { return v != nil && v.marks()&markPath != 0 }

// HoldsSecret says whether v or anything in it must not be printed.
func (v *Value) HoldsSecret() bool { return v != nil && v.marks()&markSecret != 0 }

// WithSecret returns v, marked as a value that must not be printed where
// secret is set.
func (v *Value) WithSecret(secret bool) *Value {
	if !secret || v.Secret {
		return v
	}
	marked := *v
	marked.Secret = true
	return &marked
}

// WithOrigin returns a copy of v that came from o.
func (v *Value) WithOrigin(o *Origin) *Value {
	placed := *v
	placed.Origin = o
	return &placed
}

// Find returns the position of the member of an Object, or of an Unknown that
// has known members, with that name, or -1. The exact spelling goes before
// another one.
func (v *Value) Find(name string) int {
	if v == nil || v.Kind != Object && v.Kind != Unknown {
		return -1
	}
	if v.names != nil {
		i, ok := v.names[Fold(name)]
		if !ok {
			return -1
		}
		if v.Members[i].Name == name {
			return i
		}
		return v.findFrom(i, name)
	}
	return v.findFrom(0, name)
}

func (v *Value) findFrom(start int, name string) int {
	found := -1
	for i := start; i < len(v.Members); i++ {
		if v.Members[i].Name == name {
			return i
		}
		if found < 0 && strings.EqualFold(v.Members[i].Name, name) {
			found = i
		}
	}
	return found
}

// Get returns the member with that name, compared without regard to case, or
// nil.
func (v *Value) Get(name string) *Value {
	i := v.Find(name)
	if i < 0 {
		return nil
	}
	return v.Members[i].Value
}

// Fold returns a key that two names share exactly where strings.EqualFold
// holds for them.
func Fold(name string) string {
	ascii, lower := true, true
	for i := 0; i < len(name); i++ {
		c := name[i]
		ascii = ascii && c < 0x80
		lower = lower && (c < 'A' || c > 'Z')
	}
	if ascii && lower {
		return name
	}
	if ascii {
		return strings.ToLower(name)
	}
	return strings.Map(func(r rune) rune {
		least := r
		for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
			least = min(least, next)
		}
		if least >= 'A' && least <= 'Z' {
			return least + 'a' - 'A'
		}
		return least
	}, name)
}

// Builder collects the members of an object whose names are compared without
// regard to case. The zero Builder is ready.
type Builder struct {
	members []Member
	names   map[string]int
}

// Len returns the number of members.
func (b *Builder) Len() int { return len(b.members) }

// Get returns the member with that name, or nil.
func (b *Builder) Get(name string) *Value {
	if i := b.find(name); i >= 0 {
		return b.members[i].Value
	}
	return nil
}

// find is the position of the member with that name, or -1.
func (b *Builder) find(name string) int {
	if b.names != nil {
		if i, ok := b.names[Fold(name)]; ok {
			return i
		}
		return -1
	}
	for i := range b.members {
		if strings.EqualFold(b.members[i].Name, name) {
			return i
		}
	}
	return -1
}

// Grow makes room for n more members.
func (b *Builder) Grow(n int) { b.members = slices.Grow(b.members, n) }

// Set adds a member or replaces the value of the one with that name, which
// keeps its first spelling and place.
func (b *Builder) Set(m Member) {
	if i := b.find(m.Name); i >= 0 {
		b.members[i].Value, b.members[i].NameSpan = m.Value, m.NameSpan
		return
	}
	b.members = append(b.members, m)
	switch {
	case b.names != nil:
		b.names[Fold(m.Name)] = len(b.members) - 1
	case len(b.members) > largeObject:
		b.names = make(map[string]int, 2*len(b.members))
		for i, m := range b.members {
			b.names[Fold(m.Name)] = i
		}
	}
}

// Object returns the object; the builder must not be used after.
func (b *Builder) Object() *Value {
	v := &Value{Kind: Object, Members: b.members, names: b.names}
	for _, m := range b.members {
		v.holds |= m.Value.marks()
	}
	return v
}
