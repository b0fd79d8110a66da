package function

import (
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// searchRows look for a value in another.
var searchRows = []row{
	{name: "contains", min: 2, max: 2, needs: nothing, run: contains},
	{name: "endsWith", min: 2, max: 2, run: affix(strings.HasSuffix)},
	{name: "startsWith", min: 2, max: 2, run: affix(strings.HasPrefix)},
	{name: "indexOf", min: 2, max: 2, needs: nothing, run: func(c *call) (*value.Value, error) { return indexIn(c, false) }},
	{name: "lastIndexOf", min: 2, max: 2, needs: nothing, run: func(c *call) (*value.Value, error) { return indexIn(c, true) }},
	{name: "like", min: 2, max: 2, run: like},
}

// contains looks for a substring with regard to case, for the name of a member
// without, or for an equal element.
func contains(c *call) (*value.Value, error) {
	container, needle := c.args[0], c.args[1]
	if container.Kind == value.Unknown || needle.Kind == value.Unknown && container.Kind != value.Array {
		return c.unknown(c.node.At, "", append(container.Doubts(), needle.Doubts()...)...), nil
	}
	switch container.Kind {
	case value.Array:
		return containsItem(c)
	case value.Object:
		if needle.Kind != value.String && needle.Kind != value.Int {
			return nil, c.wrongType(1, "a string or an integer")
		}
		return value.NewBool(container.Get(scalarText(needle)) != nil), nil
	case value.String:
		if needle.Kind != value.String && needle.Kind != value.Int && needle.Kind != value.Bool {
			return nil, c.wrongType(1, "a string or an integer")
		}
		return value.NewBool(strings.Contains(container.Str, scalarText(needle))), nil
	}
	return nil, c.wrongType(0, "an array, an object or a string")
}

func containsItem(c *call) (*value.Value, error) {
	var doubts []*value.Doubt
	for _, item := range c.args[0].Items {
		if err := c.charge(item); err != nil {
			return nil, err
		}
		switch value.Equal(item, c.args[1]) {
		case value.Yes:
			return value.NewBool(true), nil
		case value.Maybe:
			doubts = append(append(doubts, item.Doubts()...), c.args[1].Doubts()...)
			doubts = doubts[:min(len(doubts), 64)]
		}
	}
	if len(doubts) > 0 {
		return c.unknown(c.node.At, "", doubts...), nil
	}
	return value.NewBool(false), nil
}

// affix makes startsWith and endsWith, which disregard case.
func affix(has func(s, affix string) bool) func(*call) (*value.Value, error) {
	return func(c *call) (*value.Value, error) {
		texts, err := c.strings(0)
		if err != nil {
			return nil, err
		}
		return value.NewBool(has(foldKeepingLength(texts[0]), foldKeepingLength(texts[1]))), nil
	}
}

// indexIn finds a substring without regard to case, or an equal element; -1
// where there is none.
func indexIn(c *call, fromEnd bool) (*value.Value, error) {
	container, needle := c.args[0], c.args[1]
	if container.Kind == value.Unknown || needle.HoldsUnknown() {
		return c.unknown(c.node.At, "", append(container.Doubts(), needle.Doubts()...)...), nil
	}
	switch container.Kind {
	case value.Array:
		return indexOfItem(c, fromEnd)
	case value.String:
		text, err := c.str(1)
		if err != nil {
			return nil, err
		}
		at := foldIndex(container.Str, text, fromEnd)
		if at < 0 {
			return value.NewInt(-1), nil
		}
		return value.NewInt(utf16Index(container.Str, at)), nil
	}
	return nil, c.wrongType(0, "an array or a string")
}

// indexOfItem is unknown where an unknown element may come before a match.
func indexOfItem(c *call, fromEnd bool) (*value.Value, error) {
	items := c.args[0].Items
	for turn := range items {
		at := turn
		if fromEnd {
			at = len(items) - 1 - turn
		}
		if err := c.charge(items[at]); err != nil {
			return nil, err
		}
		switch value.Equal(items[at], c.args[1]) {
		case value.Yes:
			return value.NewInt(int64(at)), nil
		case value.Maybe:
			return c.unknown(c.node.At, "", items[at].Doubts()...), nil
		}
	}
	return value.NewInt(-1), nil
}

// like matches a pattern in which * stands for any text, without regard to
// case.
func like(c *call) (*value.Value, error) {
	texts, err := c.strings(0)
	if err != nil {
		return nil, err
	}
	s, pattern := foldKeepingLength(texts[0]), foldKeepingLength(texts[1])
	parts := strings.Split(pattern, "*")
	if len(parts) == 1 {
		return value.NewBool(s == pattern), nil
	}
	if err := c.budget().Step(int64(len(parts) + len(s)/64)); err != nil {
		return nil, err
	}
	s, ok := strings.CutPrefix(s, parts[0])
	for _, part := range parts[1 : len(parts)-1] {
		at := strings.Index(s, part)
		ok = ok && at >= 0
		if !ok {
			break
		}
		s = s[at+len(part):]
	}
	return value.NewBool(ok && strings.HasSuffix(s, parts[len(parts)-1])), nil
}
