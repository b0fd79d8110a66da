package function

import (
	"fmt"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// arrayRows make and measure arrays.
var arrayRows = []row{
	{name: "array", min: 1, max: 1, run: array},
	{name: "concat", min: 0, max: -1, text: composed, run: concat},
	{name: "createArray", min: 0, max: -1, needs: nothing, wraps: true, run: createArray},
	{name: "empty", min: 1, max: 1, needs: nothing, run: empty},
	{name: "flatten", min: 1, max: 1, needs: nothing, run: flatten},
	{name: "length", min: 1, max: 1, run: length},
	{name: "max", min: 1, max: -1, needs: content, run: maximum},
	{name: "min", min: 1, max: -1, needs: content, run: minimum},
	{name: "range", min: 2, max: 2, run: numberRange},
}

// array gives an array as it is and anything else as its only element.
func array(c *call) (*value.Value, error) {
	if c.args[0].Kind == value.Array {
		return c.args[0], nil
	}
	return c.list(c.args[:1])
}

func createArray(c *call) (*value.Value, error) { return c.list(c.args) }

// concat appends arrays, or the texts of all arguments.
func concat(c *call) (*value.Value, error) {
	if len(c.args) > 0 && c.args[0].Kind == value.Array {
		return concatArrays(c)
	}
	parts := make([]string, len(c.args))
	size := 0
	for i, arg := range c.args {
		if arg.Kind == value.Array || arg.Kind == value.Object {
			return nil, c.wrongType(i, "a string, an integer or a boolean")
		}
		parts[i] = scalarText(arg)
		size += len(parts[i])
	}
	if err := c.budget().Text(int64(size)); err != nil {
		return nil, err
	}
	joined := make([]byte, 0, size)
	for _, part := range parts {
		joined = append(joined, part...)
	}
	return value.NewString(string(joined)), nil
}

func concatArrays(c *call) (*value.Value, error) {
	size := 0
	for i := range c.args {
		items, err := c.array(i)
		if err != nil {
			return nil, err
		}
		size += len(items)
	}
	if err := c.budget().Items(int64(size)); err != nil {
		return nil, err
	}
	all := make([]*value.Value, 0, size)
	for _, arg := range c.args {
		all = append(all, arg.Items...)
	}
	return value.NewArray(all), nil
}

func empty(c *call) (*value.Value, error) {
	switch v := c.args[0]; v.Kind {
	case value.Unknown:
		if neverEmpty(v) {
			return value.NewBool(false), nil
		}
		return c.unknown(c.node.At, "", v.Doubt), nil
	case value.Null:
		return value.NewBool(true), nil
	case value.String:
		return value.NewBool(v.Str == ""), nil
	case value.Array:
		return value.NewBool(len(v.Items) == 0), nil
	case value.Object:
		return value.NewBool(len(v.Members) == 0), nil
	}
	return nil, c.wrongType(0, "an object, an array or a string")
}

// length counts elements, members, or the UTF-16 units of a string.
func length(c *call) (*value.Value, error) {
	switch v := c.args[0]; v.Kind {
	case value.String:
		return value.NewInt(utf16Length(v.Str)), nil
	case value.Array:
		return value.NewInt(int64(len(v.Items))), nil
	case value.Object:
		return value.NewInt(int64(len(v.Members))), nil
	}
	return nil, c.wrongType(0, "an object, an array or a string")
}

// flatten joins an array of arrays, one level deep. It needs to know the
// arrays, not their elements.
func flatten(c *call) (*value.Value, error) {
	if c.args[0].Kind == value.Unknown {
		return c.unknown(c.node.At, "", c.args[0].Doubt), nil
	}
	arrays, err := c.array(0)
	if err != nil {
		return nil, err
	}
	size := 0
	var doubts []*value.Doubt
	for _, a := range arrays {
		switch a.Kind {
		case value.Unknown:
			doubts = append(doubts, a.Doubt)
		case value.Array:
			size += len(a.Items)
		default:
			return nil, c.errorf("expects its parameter to be an array of arrays. An element is of type '%s'.", typeName(a))
		}
	}
	if len(doubts) > 0 {
		return c.unknown(c.node.At, "", doubts...), nil
	}
	if err := c.budget().Items(int64(size)); err != nil {
		return nil, err
	}
	flat := make([]*value.Value, 0, size)
	for _, a := range arrays {
		for _, item := range a.Items {
			flat = append(flat, item.WithSecret(a.Secret))
		}
	}
	return value.NewArray(flat), nil
}

func maximum(c *call) (*value.Value, error) {
	return extreme(c, func(a, b int64) bool { return a > b })
}

func minimum(c *call) (*value.Value, error) {
	return extreme(c, func(a, b int64) bool { return a < b })
}

// extreme finds the first of the integers given as arguments or in arrays.
func extreme(c *call, before func(a, b int64) bool) (*value.Value, error) {
	var best *value.Value
	for i, arg := range c.args {
		candidates := []*value.Value{arg}
		if arg.Kind == value.Array {
			candidates = arg.Items
		}
		if err := c.budget().Step(int64(len(candidates))); err != nil {
			return nil, err
		}
		for _, v := range candidates {
			if v.Kind != value.Int {
				return nil, c.errorf("expects its %s to be an integer or an array of integers. The provided value is of type '%s'.", c.ordinal(i), typeName(v))
			}
			if best == nil || before(v.Int, best.Int) {
				best = v
			}
		}
	}
	if best == nil {
		return nil, c.errorf("expects an array that is not empty.")
	}
	return value.NewInt(best.Int), nil
}

// The bounds of range() are the engine's.
const (
	maxRangeCount = 10_000
	maxRangeEnd   = 2_147_483_647
)

func numberRange(c *call) (*value.Value, error) {
	start, err := c.integer(0)
	if err != nil {
		return nil, err
	}
	count, err := c.integer(1)
	if err != nil {
		return nil, err
	}
	if count < 0 || count > maxRangeCount {
		return nil, c.errorf("expects its second argument to be an integer between 0 and %d. The provided value is '%d'.", maxRangeCount, count)
	}
	if start > maxRangeEnd-count {
		return nil, c.errorf("expects the sum of its arguments to be at most %d. The provided values are '%d' and '%d'.", maxRangeEnd, start, count)
	}
	if err := c.budget().Items(count); err != nil {
		return nil, err
	}
	numbers := make([]*value.Value, count)
	for i := range numbers {
		numbers[i] = value.NewInt(start + int64(i))
	}
	return value.NewArray(numbers), nil
}

// scalarText is the text that a scalar becomes where functions compose text.
func scalarText(v *value.Value) string {
	switch v.Kind {
	case value.Bool:
		if v.Bool {
			return "True"
		}
		return "False"
	case value.Int:
		return fmt.Sprint(v.Int)
	case value.Float:
		return value.FloatText(v.Float)
	case value.String:
		return v.Str
	}
	return ""
}
