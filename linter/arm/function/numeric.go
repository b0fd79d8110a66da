package function

import (
	"math"
	"math/bits"
	"strconv"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// numericRows calculate with integers of 64 bits.
var numericRows = []row{
	{name: "add", min: 2, max: 2, run: calculate(add)},
	{name: "sub", min: 2, max: 2, run: calculate(sub)},
	{name: "mul", min: 2, max: 2, run: calculate(mul)},
	{name: "div", min: 2, max: 2, run: nonZero(calculate(div))},
	{name: "mod", min: 2, max: 2, run: nonZero(calculate(mod))},
	{name: "int", min: 1, max: 1, run: toInt},
	{name: "float", min: 1, max: 1, run: toFloat},
}

// calculate makes the function of an operation that says whether its result
// fits into 64 bits.
func calculate(operation func(a, b int64) (int64, bool)) func(*call) (*value.Value, error) {
	return func(c *call) (*value.Value, error) {
		a, b, err := c.operands()
		if err != nil {
			return nil, err
		}
		n, ok := operation(a, b)
		if !ok {
			return nil, c.errorf("overflowed with the operants '%d' and '%d'.", a, b)
		}
		return value.NewInt(n), nil
	}
}

func (c *call) operands() (a, b int64, err error) {
	if a, err = c.integer(0); err != nil {
		return 0, 0, err
	}
	b, err = c.integer(1)
	return a, b, err
}

func add(a, b int64) (int64, bool) {
	n := a + b
	return n, (n > a) == (b > 0)
}

func sub(a, b int64) (int64, bool) {
	n := a - b
	return n, (n < a) == (b > 0)
}

func mul(a, b int64) (int64, bool) {
	high, low := bits.Mul64(magnitude(a), magnitude(b))
	if (a < 0) != (b < 0) {
		return -int64(low), high == 0 && low <= 1<<63
	}
	return int64(low), high == 0 && low < 1<<63
}

func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// nonZero guards a division.
func nonZero(division func(*call) (*value.Value, error)) func(*call) (*value.Value, error) {
	return func(c *call) (*value.Value, error) {
		if c.args[1].Kind == value.Int && c.args[1].Int == 0 {
			return nil, c.errorf("was invoked with a parameter that is not valid. The value cannot be zero.")
		}
		return division(c)
	}
}

// div truncates toward zero.
func div(a, b int64) (int64, bool) { return a / b, a != math.MinInt64 || b != -1 }

// mod has the sign of the dividend.
func mod(a, b int64) (int64, bool) { return a % b, true }

// toInt reads an integer or its decimal text.
func toInt(c *call) (*value.Value, error) {
	switch v := c.args[0]; v.Kind {
	case value.Int:
		return v, nil
	case value.Float:
		if v.Float == math.Trunc(v.Float) && math.Abs(v.Float) < 1<<63 {
			return value.NewInt(int64(v.Float)), nil
		}
	case value.String:
		if n, err := strconv.ParseInt(strings.TrimSpace(v.Str), 10, 64); err == nil {
			return value.NewInt(n), nil
		}
	}
	return nil, c.errorf("cannot convert provided value '%s' to integer value.", describe(c.args[0]))
}

// toFloat reads a number or its text; commas between the digits of the integer
// part are read over, as .NET does.
func toFloat(c *call) (*value.Value, error) {
	switch v := c.args[0]; v.Kind {
	case value.Float:
		return v, nil
	case value.Int:
		return value.NewFloat(float64(v.Int), ""), nil
	case value.String:
		if f, ok := parseFloat(v.Str); ok {
			return value.NewFloat(f, ""), nil
		}
	}
	return nil, c.errorf("cannot convert provided value '%s' to float value.", describe(c.args[0]))
}

func parseFloat(s string) (float64, bool) {
	s = strings.TrimSpace(s)
	whole, fraction, _ := strings.Cut(s, ".")
	if strings.ContainsAny(s, "xXpP_iInN") || strings.Contains(fraction, ",") || strings.HasPrefix(whole, ",") {
		return 0, false
	}
	f, err := strconv.ParseFloat(strings.ReplaceAll(s, ",", ""), 64)
	return f, err == nil
}
