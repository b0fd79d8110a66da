package value

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/source"
)

// ToAny returns the value as encoding/json would read it: nil, bool,
// json.Number, string, []any, map[string]any. unknown makes what stands for an
// unknown value; where it is nil, unknown values become nil.
func (v *Value) ToAny(unknown func(*Value) any) any {
	switch v.Kind {
	case Bool:
		return v.Bool
	case Int:
		return json.Number(strconv.FormatInt(v.Int, 10))
	case Float:
		return json.Number(floatJSON(v.Float))
	case String:
		return v.Str
	case Array:
		items := make([]any, len(v.Items))
		for i, item := range v.Items {
			items[i] = item.ToAny(unknown)
		}
		return items
	case Object:
		members := make(map[string]any, len(v.Members))
		for _, m := range v.Members {
			members[m.Name] = m.Value.ToAny(unknown)
		}
		return members
	case Unknown:
		if unknown != nil {
			return unknown(v)
		}
	}
	return nil
}

// FromNode makes a value of literal data: strings are text whatever they
// look like. Each value remembers its place in the file. Where a name stands
// twice the last one counts.
func FromNode(file *source.File, n *source.Node) *Value {
	v := fromNode(file, n)
	v.Origin = &Origin{File: file, Span: n.Span, Step: Literal}
	return v
}

func fromNode(file *source.File, n *source.Node) *Value {
	switch n.Kind {
	case source.Bool:
		return NewBool(n.Text == "true")
	case source.Int, source.Float:
		return NewNumber(n.Text)
	case source.String:
		return NewString(n.Text)
	case source.Array:
		items := make([]*Value, len(n.Items))
		for i, item := range n.Items {
			items[i] = FromNode(file, item)
		}
		return NewArray(items)
	case source.Object:
		var b Builder
		for _, field := range n.Fields {
			if !field.Overridden {
				b.Set(Member{Name: field.Name, Value: FromNode(file, field.Value), NameSpan: field.NameSpan})
			}
		}
		return b.Object()
	}
	return NewNull()
}

// NewNumber makes a number of a JSON literal: an Int where it is an integer of
// 64 bits, else a Float that keeps the literal.
func NewNumber(literal string) *Value {
	if !strings.ContainsAny(literal, ".eE") {
		if n, err := strconv.ParseInt(literal, 10, 64); err == nil {
			return NewInt(n)
		}
	}
	f, err := strconv.ParseFloat(literal, 64)
	if err != nil && f == 0 {
		return NewString(literal)
	}
	return NewFloat(f, literal)
}
