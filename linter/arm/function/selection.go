package function

import (
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// selectionRows take parts out of arrays, objects and strings.
var selectionRows = []row{
	{name: "first", min: 1, max: 1, takes: true, text: opaque, run: first},
	{name: "last", min: 1, max: 1, takes: true, text: opaque, run: last},
	{name: "skip", min: 2, max: 2, takes: true, text: opaque, run: skip},
	{name: "take", min: 2, max: 2, takes: true, text: opaque, run: take},
	{name: "indexFromEnd", min: 2, max: 2, takes: true, run: indexFromEnd},
	{name: "tryGet", min: 2, max: -1, needs: nothing, takes: true, run: tryGet},
	{name: "tryIndexFromEnd", min: 2, max: -1, needs: nothing, takes: true, run: tryIndexFromEnd},
}

const sequence = "an array or a string"

func first(c *call) (*value.Value, error) { return edge(c, false) }
func last(c *call) (*value.Value, error)  { return edge(c, true) }

// edge gives the first or last element or character. An empty array has null
// there, an empty string the empty string.
func edge(c *call, atEnd bool) (*value.Value, error) {
	v := c.args[0]
	switch v.Kind {
	case value.Null:
		return v, nil
	case value.Array:
		switch {
		case len(v.Items) == 0:
			return value.NewNull(), nil
		case atEnd:
			return v.Items[len(v.Items)-1], nil
		}
		return v.Items[0], nil
	case value.String:
		units := utf16Length(v.Str)
		start, end := int64(0), min(units, 1)
		if atEnd {
			start, end = max(units-1, 0), units
		}
		return c.text(utf16Slice(v.Str, start, end))
	}
	return nil, c.wrongType(0, sequence)
}

// skip drops the first n elements or characters; n below 0 is 0.
func skip(c *call) (*value.Value, error) {
	return cut(c, func(n, length int64) (int64, int64) { return n, length })
}

// take keeps the first n elements or characters; n below 0 is 0.
func take(c *call) (*value.Value, error) {
	return cut(c, func(n, _ int64) (int64, int64) { return 0, n })
}

func cut(c *call, bounds func(n, length int64) (start, end int64)) (*value.Value, error) {
	v := c.args[0]
	if v.Kind != value.Array && v.Kind != value.String {
		return nil, c.wrongType(0, sequence)
	}
	n, err := c.integer(1)
	if err != nil {
		return nil, err
	}
	length := int64(len(v.Items))
	if v.Kind == value.String {
		length = utf16Length(v.Str)
	}
	start, end := bounds(min(max(n, 0), length), length)
	if v.Kind == value.String {
		return c.text(utf16Slice(v.Str, start, end))
	}
	return c.list(v.Items[start:end])
}

// indexFromEnd gives the element at an index that counts from 1 at the end.
func indexFromEnd(c *call) (*value.Value, error) {
	items, err := c.array(0)
	if err != nil {
		return nil, err
	}
	n, err := c.integer(1)
	if err != nil {
		return nil, err
	}
	if n < 1 || n > int64(len(items)) {
		return nil, outOfBounds(n)
	}
	return items[int64(len(items))-n], nil
}

// tryGet gives base[k1][k2]... or null where base is null or has no k1. The
// later steps fail as any access does.
func tryGet(c *call) (*value.Value, error) {
	return tryPath(c, c.args[1])
}

// tryIndexFromEnd is tryGet with a first step that counts from 1 at the end;
// what is no integer finds nothing.
func tryIndexFromEnd(c *call) (*value.Value, error) {
	if n := c.args[1]; n.Kind != value.Int && n.Kind != value.Unknown {
		return value.NewNull(), nil
	}
	return tryPath(c, fromEnd(c.args[1]))
}

// fromEnd is the key of a step that counts from the end, in the form that
// compiled templates use.
func fromEnd(n *value.Value) *value.Value {
	return value.NewObject([]value.Member{{Name: "value", Value: n}, {Name: "fromEnd", Value: value.NewBool(true)}})
}

func tryPath(c *call, firstKey *value.Value) (*value.Value, error) {
	base := c.args[0]
	if base.Kind == value.Null {
		return base, nil
	}
	v, missing, err := tryStep(c, base, firstKey)
	if err != nil || missing {
		return value.NewNull(), err
	}
	secret := base.Secret
	for _, key := range c.args[2:] {
		if v.Kind == value.Null {
			return v, nil
		}
		secret = secret || v.Secret
		next, missing, err := tryStep(c, v, key)
		switch {
		case err != nil:
			return nil, err
		case missing:
			if _, err = c.element(v, plainKey(key)); err != nil {
				return nil, err
			}
			return nil, outOfBounds(fromEndIndex(key))
		}
		v = next
	}
	return v.WithSecret(secret), nil
}

// tryStep gives base[key]; missing is set where a known base has no such part.
func tryStep(c *call, base, key *value.Value) (v *value.Value, missing bool, err error) {
	if base.Kind == value.Unknown || key.HoldsUnknown() {
		return tryUnknown(c, base, key)
	}
	switch base.Kind {
	case value.Object:
		if key.Kind == value.String {
			v = base.Get(key.Str)
			return v, v == nil, nil
		}
	case value.Array:
		index := plainKey(key)
		if isFromEnd(key) {
			index = value.NewInt(int64(len(base.Items)) - fromEndIndex(key))
		}
		if index.Kind == value.Int {
			if index.Int < 0 || index.Int >= int64(len(base.Items)) {
				return nil, true, nil
			}
			return base.Items[index.Int], false, nil
		}
	}
	v, err = c.element(base, plainKey(key))
	return v, false, err
}

// tryUnknown is tryStep where the base or the key is not known.
func tryUnknown(c *call, base, key *value.Value) (*value.Value, bool, error) {
	if base.Kind == value.Unknown && !key.HoldsUnknown() && !isFromEnd(key) {
		if v, err := c.element(base, plainKey(key)); err != nil || v != nil {
			return v, false, err
		}
	}
	var doubts []*value.Doubt
	if base.Kind == value.Unknown {
		doubts = append(doubts, base.Doubt)
	}
	return c.unknown(c.node.At, "", append(doubts, key.Doubts()...)...), false, nil
}

func isFromEnd(key *value.Value) bool {
	flag := key.Get("fromEnd")
	return key.Kind == value.Object && flag != nil && flag.Kind == value.Bool && flag.Bool
}

func fromEndIndex(key *value.Value) int64 {
	if n := plainKey(key); n.Kind == value.Int {
		return n.Int
	}
	return 0
}

// plainKey takes the key out of the object form {"value": key, ...}.
func plainKey(key *value.Value) *value.Value {
	if v := key.Get("value"); key.Kind == value.Object && v != nil {
		return v
	}
	return key
}

// utf16Length is the number of UTF-16 units of a string, which is how .NET
// counts characters.
func utf16Length(s string) int64 {
	n := int64(0)
	for _, r := range s {
		n++
		if r > 0xffff {
			n++
		}
	}
	return n
}

// utf16Slice cuts a string at UTF-16 units. A pair of surrogates that is cut in
// the middle goes to the part that holds its second half.
func utf16Slice(s string, start, end int64) string {
	return s[utf16Offset(s, start):utf16Offset(s, end)]
}

// utf16Offset is the byte offset of a UTF-16 unit.
func utf16Offset(s string, units int64) int {
	n := int64(0)
	for i, r := range s {
		width := int64(1)
		if r > 0xffff {
			width = 2
		}
		if n+width > units {
			return i
		}
		n += width
	}
	return len(s)
}

// utf16Index is the index in UTF-16 units of a byte offset.
func utf16Index(s string, offset int) int64 { return utf16Length(strings.ToValidUTF8(s[:offset], "?")) }
