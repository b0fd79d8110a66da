package function

import (
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm/expr"
	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// logicalRows decide.
var logicalRows = []row{
	{name: "and", min: 2, max: -1, lazy: true, run: func(c *call) (*value.Value, error) { return shortCircuit(c, false) }},
	{name: "or", min: 2, max: -1, lazy: true, run: func(c *call) (*value.Value, error) { return shortCircuit(c, true) }},
	{name: "not", min: 1, max: 1, run: not},
	{name: "if", min: 3, max: 3, lazy: true, takes: true, run: choose},
	{name: "bool", min: 1, max: 1, run: toBool},
	{name: "true", min: 0, max: 0, run: func(*call) (*value.Value, error) { return value.NewBool(true), nil }},
	{name: "false", min: 0, max: 0, run: func(*call) (*value.Value, error) { return value.NewBool(false), nil }},
}

// shortCircuit evaluates from the left until an argument decides. After an
// unknown argument the rest may not be evaluated at deployment, but a later
// argument that decides still does, whatever the unknown one is.
func shortCircuit(c *call, decisive bool) (*value.Value, error) {
	var doubts []*value.Doubt
	for i, arg := range c.node.Args {
		var v *value.Value
		if len(doubts) == 0 {
			v = c.eval(arg)
		} else {
			v = c.maybe(arg)
		}
		switch {
		case v.Kind == value.Unknown:
			doubts = append(doubts, v.Doubt)
		case v.Kind != value.Bool && len(doubts) > 0:
			// The error would only come up for some value of the unknown one.
		case v.Kind != value.Bool:
			c.args = make([]*value.Value, len(c.node.Args))
			c.args[i] = v
			err := c.wrongType(i, "a boolean")
			c.args = nil
			return nil, err
		case v.Bool == decisive:
			return value.NewBool(decisive), nil
		}
	}
	if len(doubts) > 0 {
		return c.unknown(c.node.At, "", doubts...), nil
	}
	return value.NewBool(!decisive), nil
}

func not(c *call) (*value.Value, error) {
	if c.args[0].Kind != value.Bool {
		return nil, c.wrongType(0, "a boolean")
	}
	return value.NewBool(!c.args[0].Bool), nil
}

// choose evaluates the chosen branch only. With an unknown condition the value
// is known where both branches give the same.
func choose(c *call) (*value.Value, error) {
	condition := c.eval(c.node.Args[0])
	switch condition.Kind {
	case value.Bool:
		return c.eval(c.branch(condition.Bool)), nil
	case value.Unknown:
		yes, no := c.maybe(c.branch(true)), c.maybe(c.branch(false))
		if err := c.charge(yes); err != nil {
			return nil, err
		}
		if value.Equal(yes, no) == value.Yes {
			return yes.WithSecret(no.Secret), nil
		}
		return c.unknown(c.node.At, "", condition.Doubt).WithSecret(yes.HoldsSecret() || no.HoldsSecret()), nil
	}
	return nil, c.errorf("expects its first argument to be a boolean. The provided value is of type '%s'.", typeName(condition))
}

func (c *call) branch(condition bool) expr.Expr {
	if condition {
		return c.node.Args[1]
	}
	return c.node.Args[2]
}

// toBool reads a boolean, an integer (0 is false) or the words true and false
// in any case.
func toBool(c *call) (*value.Value, error) {
	switch v := c.args[0]; v.Kind {
	case value.Bool:
		return v, nil
	case value.Int:
		return value.NewBool(v.Int != 0), nil
	case value.String:
		switch strings.ToLower(strings.TrimSpace(v.Str)) {
		case "true":
			return value.NewBool(true), nil
		case "false":
			return value.NewBool(false), nil
		}
	}
	return nil, c.invalid()
}
