package function

import (
	"cmp"
	"strings"
	"unicode"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// comparisonRows compare values.
var comparisonRows = []row{
	{name: "coalesce", min: 1, max: -1, lazy: true, takes: true, run: coalesce},
	{name: "equals", min: 2, max: 2, needs: nothing, run: equals},
	{name: "greater", min: 2, max: 2, run: compare(func(order int) bool { return order > 0 })},
	{name: "greaterOrEquals", min: 2, max: 2, run: compare(func(order int) bool { return order >= 0 })},
	{name: "less", min: 2, max: 2, run: compare(func(order int) bool { return order < 0 })},
	{name: "lessOrEquals", min: 2, max: 2, run: compare(func(order int) bool { return order <= 0 })},
}

// coalesce gives the first argument that is not null and evaluates no further.
func coalesce(c *call) (*value.Value, error) {
	for _, arg := range c.node.Args {
		if v := c.eval(arg); v.Kind != value.Null {
			return v, nil
		}
	}
	return value.NewNull(), nil
}

func equals(c *call) (*value.Value, error) {
	if err := c.charge(c.args[0]); err != nil {
		return nil, err
	}
	answer := value.Equal(c.args[0], c.args[1])
	if answer == value.Maybe {
		if isEmptyText(c.args[0]) && neverEmpty(c.args[1]) || isEmptyText(c.args[1]) && neverEmpty(c.args[0]) {
			return value.NewBool(false), nil
		}
		return c.unknown(c.node.At, "", append(c.args[0].Doubts(), c.args[1].Doubts()...)...), nil
	}
	return value.NewBool(answer == value.Yes), nil
}

// compare makes the function that orders two numbers or two strings.
func compare(holds func(order int) bool) func(*call) (*value.Value, error) {
	return func(c *call) (*value.Value, error) {
		a, b := c.args[0], c.args[1]
		switch {
		case a.Kind == value.Int && b.Kind == value.Int:
			return value.NewBool(holds(cmp.Compare(a.Int, b.Int))), nil
		case a.Kind == value.String && b.Kind == value.String:
			if err := c.budget().Step(int64(min(len(a.Str), len(b.Str)) / 64)); err != nil {
				return nil, err
			}
			return value.NewBool(holds(compareText(a.Str, b.Str))), nil
		case isNumber(a) && isNumber(b):
			return value.NewBool(holds(cmp.Compare(asFloat(a), asFloat(b)))), nil
		case !isNumber(a) && a.Kind != value.String:
			return nil, c.wrongType(0, "an integer or a string")
		case !isNumber(b) && b.Kind != value.String:
			return nil, c.wrongType(1, "an integer or a string")
		}
		return nil, c.errorf("expects two parameters of matching types. The function was invoked with values of type '%s' and '%s' that do not match.", typeName(a), typeName(b))
	}
}

func isNumber(v *value.Value) bool { return v.Kind == value.Int || v.Kind == value.Float }

func asFloat(v *value.Value) float64 {
	if v.Kind == value.Int {
		return float64(v.Int)
	}
	return v.Float
}

// collation is the order of the printable ASCII characters before digits and
// letters in the root collation of Unicode (CLDR), which .NET's invariant
// culture uses.
const collation = "\t\n\v\f\r _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$"

// compareText orders strings as .NET's invariant culture does: punctuation,
// digits, letters; case decides between texts that are the same otherwise,
// lower before upper. For letters outside of ASCII the order of the full
// collation is not reproduced: they come after, by code point.
func compareText(a, b string) int {
	ra, rb := []rune(a), []rune(b)
	for i := 0; i < len(ra) && i < len(rb); i++ {
		if order := cmp.Compare(weight(ra[i]), weight(rb[i])); order != 0 {
			return order
		}
	}
	if order := cmp.Compare(len(ra), len(rb)); order != 0 {
		return order
	}
	for i := range ra {
		if ra[i] != rb[i] {
			if unicode.IsLower(ra[i]) {
				return -1
			}
			return 1
		}
	}
	return 0
}

// weight is the place of a character, the same for both cases of a letter.
func weight(r rune) int {
	if r < 0x80 {
		if at := strings.IndexRune(collation, r); at >= 0 {
			return at
		}
	}
	return len(collation) + int(unicode.ToLower(r))
}
