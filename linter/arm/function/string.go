package function

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// stringRows change and compose strings.
var stringRows = []row{
	{name: "join", min: 2, max: 2, needs: content, text: composed, run: join},
	{name: "padLeft", min: 2, max: 3, text: opaque, run: padLeft},
	{name: "replace", min: 3, max: 3, text: opaque, run: replace},
	{name: "split", min: 2, max: 2, needs: content, run: split},
	{name: "string", min: 1, max: 1, needs: content, text: composed, run: toString},
	{name: "substring", min: 1, max: 3, text: opaque, run: substring},
	{name: "toLower", min: 1, max: 1, text: composed, run: change(toLower)},
	{name: "toUpper", min: 1, max: 1, text: opaque, run: change(toUpper)},
	{name: "trim", min: 1, max: 1, text: opaque, run: change(strings.TrimSpace)},
}

// change makes the function that changes one string to one that is at most a
// little longer.
func change(f func(string) string) func(*call) (*value.Value, error) {
	return func(c *call) (*value.Value, error) {
		s, err := c.str(0)
		if err != nil {
			return nil, err
		}
		return c.text(f(s))
	}
}

// toLower and toUpper change each character alone and leave the Turkish i
// alone, as .NET's invariant culture does.
func toLower(s string) string {
	return strings.Map(func(r rune) rune {
		if r == 'İ' {
			return r
		}
		return unicode.ToLower(r)
	}, s)
}

func toUpper(s string) string {
	return strings.Map(func(r rune) rune {
		if r == 'ı' {
			return r
		}
		return unicode.ToUpper(r)
	}, s)
}

func join(c *call) (*value.Value, error) {
	items, err := c.array(0)
	if err != nil {
		return nil, err
	}
	separator, err := c.str(1)
	if err != nil {
		return nil, err
	}
	size := int64(len(separator)) * int64(max(len(items)-1, 0))
	texts := make([]string, len(items))
	for i, item := range items {
		if item.Kind == value.Array || item.Kind == value.Object {
			return nil, c.errorf("expects its first argument to be an array of strings, integers or booleans. An element is of type '%s'.", typeName(item))
		}
		texts[i] = scalarText(item)
		size += int64(len(texts[i]))
	}
	if err := c.budget().Text(size); err != nil {
		return nil, err
	}
	return value.NewString(strings.Join(texts, separator)), nil
}

// padLeft fills a string or an integer on the left up to a number of UTF-16
// units.
func padLeft(c *call) (*value.Value, error) {
	if c.args[0].Kind != value.String && c.args[0].Kind != value.Int {
		return nil, c.wrongType(0, "a string or an integer")
	}
	s := scalarText(c.args[0])
	width, err := c.integer(1)
	if err != nil {
		return nil, err
	}
	if width < 0 {
		return nil, c.errorf("expects its second argument to be an integer that is not negative. The provided value is '%d'.", width)
	}
	pad := " "
	if len(c.args) == 3 {
		if pad, err = c.str(2); err != nil {
			return nil, err
		}
		if utf16Length(pad) != 1 {
			return nil, c.errorf("expects its third argument to be a single character. The provided value is '%s'.", describe(c.args[2]))
		}
	}
	missing := max(width-utf16Length(s), 0)
	if missing > 1<<32 {
		missing = 1 << 32
	}
	if err := c.budget().Text(int64(len(s)) + missing*int64(len(pad))); err != nil {
		return nil, err
	}
	return value.NewString(strings.Repeat(pad, int(missing)) + s), nil
}

func replace(c *call) (*value.Value, error) {
	texts, err := c.strings(0)
	if err != nil {
		return nil, err
	}
	s, from, to := texts[0], texts[1], texts[2]
	if from == "" {
		return nil, c.errorf("expects its second argument to be a string that is not empty.")
	}
	size := int64(len(s))
	if len(to) > len(from) {
		size += int64(strings.Count(s, from)) * int64(len(to)-len(from))
	}
	if err := c.budget().Text(size); err != nil {
		return nil, err
	}
	return value.NewString(strings.ReplaceAll(s, from, to)), nil
}

// split cuts at one delimiter or at each of several; empty pieces stay, and an
// empty delimiter cuts nowhere.
func split(c *call) (*value.Value, error) {
	s, err := c.str(0)
	if err != nil {
		return nil, err
	}
	delimiters, err := splitDelimiters(c)
	if err != nil {
		return nil, err
	}
	if err := c.budget().Step(int64(len(delimiters)) * int64(len(s)) / 64); err != nil {
		return nil, err
	}
	cuts := cutsOf(s, delimiters)
	if err := c.budget().Items(int64(len(cuts) + 1)); err != nil {
		return nil, err
	}
	pieces := make([]*value.Value, 0, len(cuts)+1)
	start := 0
	for _, at := range cuts {
		pieces = append(pieces, value.NewString(s[start:at.start]))
		start = at.end
	}
	return value.NewArray(append(pieces, value.NewString(s[start:]))), nil
}

// gap is the place of a delimiter.
type gap struct{ start, end int }

// cutsOf finds the delimiters in s from the left.
func cutsOf(s string, delimiters []string) []gap {
	var cuts []gap
	for i := 0; i < len(s); {
		width := delimiterAt(s[i:], delimiters)
		if width > 0 {
			cuts = append(cuts, gap{i, i + width})
		}
		i += max(width, 1)
	}
	return cuts
}

func splitDelimiters(c *call) ([]string, error) {
	switch d := c.args[1]; d.Kind {
	case value.String:
		return []string{d.Str}, nil
	case value.Array:
		var all []string
		for _, item := range d.Items {
			if item.Kind != value.String {
				return nil, c.errorf("expects its second argument to be a string or an array of strings. An element is of type '%s'.", typeName(item))
			}
			all = append(all, item.Str)
		}
		return all, nil
	}
	return nil, c.wrongType(1, "a string or an array of strings")
}

// delimiterAt is the length of the first delimiter that s begins with, or 0.
func delimiterAt(s string, delimiters []string) int {
	for _, d := range delimiters {
		if d != "" && strings.HasPrefix(s, d) {
			return len(d)
		}
	}
	return 0
}

// toString gives text as it is, other scalars as concat does, and arrays and
// objects as compact JSON.
func toString(c *call) (*value.Value, error) {
	v := c.args[0]
	if v.Kind != value.Array && v.Kind != value.Object {
		return c.text(scalarText(v))
	}
	return c.json(v, '"')
}

// json writes an array or object, charged by its length.
func (c *call) json(v *value.Value, quote byte) (*value.Value, error) {
	if err := c.charge(v); err != nil {
		return nil, err
	}
	text, ok := v.JSON(quote, c.budget().limits.Text)
	if !ok {
		return nil, c.budget().Text(c.budget().limits.Text + 1)
	}
	return c.text(text)
}

func substring(c *call) (*value.Value, error) {
	s, err := c.str(0)
	if err != nil {
		return nil, err
	}
	units := utf16Length(s)
	start := int64(0)
	if len(c.args) > 1 {
		if start, err = c.integer(1); err != nil {
			return nil, err
		}
	}
	length := units - start
	if len(c.args) > 2 {
		if length, err = c.integer(2); err != nil {
			return nil, err
		}
	}
	if start < 0 || start > units || length < 0 || length > units-start {
		return nil, c.errorf("was invoked with parameters that are not valid. The index and length parameters must refer to a location within the string. The index parameter: '%d', the length parameter: '%d', the length of the string parameter: '%d'.", start, length, units)
	}
	return c.text(utf16Slice(s, start, start+length))
}

// foldIndex finds needle in s without regard to case, as a byte offset or -1.
func foldIndex(s, needle string, fromEnd bool) int {
	folded, foldedNeedle := foldKeepingLength(s), foldKeepingLength(needle)
	if fromEnd {
		return strings.LastIndex(folded, foldedNeedle)
	}
	return strings.Index(folded, foldedNeedle)
}

// foldKeepingLength upper-cases the characters whose upper case takes as many
// bytes, so that offsets stay.
func foldKeepingLength(s string) string {
	return strings.Map(func(r rune) rune {
		if upper := unicode.ToUpper(r); r != 'ı' && utf8.RuneLen(upper) == utf8.RuneLen(r) {
			return upper
		}
		return r
	}, strings.ToValidUTF8(s, "?"))
}
