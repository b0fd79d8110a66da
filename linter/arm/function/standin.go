package function

import (
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// textRule says how the stand-in of a text that hangs on unknown texts is made
// of their stand-ins (see value.Value.Str).
type textRule uint8

const (
	// noText functions have no stand-in.
	noText textRule = iota
	// composed functions keep their arguments readable: the function is run on
	// the stand-ins, so that a composed id still has its segments.
	composed
	// opaque functions cut or change their arguments, so that two unlike
	// stand-ins might become alike: the stand-in is a token for the whole call.
	opaque
)

// standIn returns the stand-in of a call with unknown arguments, or "" where
// there is none.
func (c *call) standIn() string {
	if c.row.text == noText {
		return ""
	}
	args := make([]*value.Value, len(c.args))
	for i, arg := range c.args {
		known, ok := withStandIns(arg)
		if !ok {
			return ""
		}
		args[i] = known
	}
	if c.row.text == opaque {
		return token(c.row.name, args)
	}
	composing := *c
	composing.args = args
	v, err := c.row.run(&composing)
	if err != nil || v.Kind != value.String {
		return ""
	}
	return v.Str
}

// withStandIns replaces unknown texts by their stand-ins.
func withStandIns(v *value.Value) (*value.Value, bool) {
	switch {
	case v.Kind == value.Unknown && v.Str != "":
		return value.NewString(v.Str), true
	case !v.HoldsUnknown():
		return v, true
	case v.Kind != value.Array:
		return nil, false
	}
	items := make([]*value.Value, len(v.Items))
	for i, item := range v.Items {
		known, ok := withStandIns(item)
		if !ok {
			return nil, false
		}
		items[i] = known
	}
	return value.NewArray(items), true
}

// token is a short text that stands for a call with these arguments.
func token(name string, args []*value.Value) string {
	const most = 1 << 16
	parts := []string{name}
	for _, arg := range args {
		text, ok := arg.JSON('"', most)
		if !ok {
			return ""
		}
		parts = append(parts, text)
	}
	return uniqueText(strings.Join(parts, "\x00"))
}

// neverEmpty says whether an unknown text is sure not to be empty: an id that
// was composed of unknown names starts with its literal text all the same.
func neverEmpty(v *value.Value) bool {
	return v.Kind == value.Unknown && (strings.HasPrefix(v.Str, "/subscriptions/") || strings.HasPrefix(v.Str, "/providers/"))
}

func isEmptyText(v *value.Value) bool { return v.Kind == value.String && v.Str == "" }
