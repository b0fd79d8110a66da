package arm

import (
	"strconv"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// loop is a copy loop that is being evaluated.
type loop struct {
	name string
	// turn is the index: an Int, or unknown where the count is.
	turn *value.Value
	// whole is set for loops over resources and outputs, which copyIndex()
	// without a name means.
	whole bool
	outer *loop
}

// turn returns e inside one turn of a loop.
func (e *env) turn(name string, index int64, whole bool, at *source.Node) *env {
	in := *e
	in.loops = &loop{name: name, turn: value.NewInt(index), whole: whole, outer: e.loops}
	in.chain = &value.Origin{File: e.frame.file, Span: at.Span, Step: value.CopyIndex, Name: name, Index: int(index), From: e.chain}
	return &in
}

// unknownTurn returns e inside a loop whose count is not known.
func (e *env) unknownTurn(name string, whole bool, count *value.Value) *env {
	in := *e
	turn := *count
	turn.Str = "{copyIndex('" + name + "')}"
	in.loops = &loop{name: name, turn: &turn, whole: whole, outer: e.loops}
	return &in
}

// copyList returns the loops of a member named copy; nil where it is a member
// like others.
func copyList(f *source.Field) []*source.Node {
	if !strings.EqualFold(f.Name, "copy") || f.Value.Kind != source.Array || len(f.Value.Items) == 0 {
		return nil
	}
	for _, item := range f.Value.Items {
		if item.GetFold("count") == nil || item.GetFold("input") == nil {
			return nil
		}
	}
	return f.Value.Items
}

// count evaluates the count of a loop. It returns the unknown value where the
// count is not known or wrong.
func (e *env) count(n *source.Node) (int64, *value.Value) {
	if n == nil {
		return 0, nil
	}
	plain := *e
	plain.settled = false
	v := plain.node(n)
	count := v.Int
	switch v.Kind {
	case value.Unknown:
		return 0, v
	case value.Int:
	case value.String:
		parsed, err := strconv.ParseInt(strings.TrimSpace(v.Str), 10, 64)
		if err != nil {
			return 0, e.x.fail(CodeCopy, v.Origin, "The copy count must be an integer, not '%s'.", v.Str)
		}
		count = parsed
	default:
		return 0, e.x.fail(CodeCopy, v.Origin, "The copy count must be an integer.")
	}
	if count < 0 || count > e.x.limits.CopyCount {
		return 0, e.x.fail(CodeCopy, v.Origin, "The copy count '%d' is not valid: it must be a non-negative integer value and cannot exceed '%d'.", count, e.x.limits.CopyCount)
	}
	return count, nil
}

// propertyCopy adds the array that a loop over a property makes.
func (e *env) propertyCopy(n *source.Node, b *value.Builder) {
	nameNode := n.GetFold("name")
	name := e.text(nameNode, "name of a copy loop")
	if name == nil || name.Str == "" {
		e.x.fail(CodeCopy, e.origin(n), "A copy loop must have a name.")
		return
	}
	v := e.copyArray(n, name.Str, false)
	b.Set(value.Member{Name: name.Str, Value: v, NameSpan: nameNode.Span})
}

// copyArray evaluates a loop that makes an array.
func (e *env) copyArray(n *source.Node, name string, whole bool) *value.Value {
	count, unknown := e.count(n.GetFold("count"))
	if unknown != nil {
		return unknown.WithOrigin(e.originFrom(n.Span, unknown.Origin))
	}
	e.x.copyElements += count
	if e.x.copyElements > e.x.limits.CopyElements {
		return e.x.fail(CodeLimit, e.origin(n), "the copy loops of this template make more than %d elements", e.x.limits.CopyElements)
	}
	input := n.GetFold("input")
	if input == nil {
		return e.x.fail(CodeCopy, e.origin(n), "The copy loop '%s' has no input.", name)
	}
	items := make([]*value.Value, count)
	for i := range items {
		items[i] = e.turn(name, int64(i), whole, n).node(input)
	}
	v := value.NewArray(items)
	v.Origin = e.origin(n)
	return v
}
