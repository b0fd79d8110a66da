package function

import (
	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// deploymentRows read the template around the expression.
var deploymentRows = []row{
	{name: "parameters", min: 1, max: 1, kind: Context, takes: true, run: parameter},
	{name: "variables", min: 1, max: 1, kind: Context, takes: true, run: variable},
	{name: "copyIndex", min: 0, max: 2, kind: Context, run: copyIndex},
	{name: "deployment", min: 0, max: 0, kind: Context, run: contextObject},
	{name: "environment", min: 0, max: 0, kind: Context, run: contextObject},
	{name: "fail", min: 1, max: 1, run: fail},
}

func parameter(c *call) (*value.Value, error) {
	name, err := c.str(0)
	if err != nil {
		return nil, err
	}
	return given(c.env().Parameter(name)).or(ErrParameter, name)
}

func variable(c *call) (*value.Value, error) {
	name, err := c.str(0)
	if err != nil {
		return nil, err
	}
	return given(c.env().Variable(name)).or(ErrVariable, name)
}

// answer is what an Env gave.
type answer struct {
	value *value.Value
	err   error
}

func given(v *value.Value, err error) answer { return answer{v, err} }

// or passes on what an Env gave; missing makes the error for nothing at all.
func (a answer) or(missing func(name string) error, name string) (*value.Value, error) {
	if a.err == nil && a.value == nil {
		return nil, missing(name)
	}
	return a.value, a.err
}

// contextObject gives an object of the deployment's context.
func contextObject(c *call) (*value.Value, error) {
	return given(c.env().Context(c.row.name)).or(ErrLocation, c.row.name)
}

// copyIndex reads copyIndex(), copyIndex(offset), copyIndex('loop') and
// copyIndex('loop', offset).
func copyIndex(c *call) (*value.Value, error) {
	name, rest := "", c.args
	if len(rest) > 0 && rest[0].Kind == value.String {
		name, rest = rest[0].Str, rest[1:]
	}
	start := int64(0)
	if len(rest) > 0 {
		if len(rest) > 1 || rest[0].Kind != value.Int {
			return nil, c.errorf("expects the name of a copy loop and an integer offset, both optional.")
		}
		start = rest[0].Int
	}
	turn, err := given(c.env().CopyIndex(name)).or(ErrLocation, c.row.name)
	if err != nil || turn.Kind != value.Int {
		return turn, err
	}
	n, ok := add(turn.Int, start)
	if !ok {
		return nil, c.errorf("overflowed with the operants '%d' and '%d'.", turn.Int, start)
	}
	return value.NewInt(n), nil
}

// fail raises its text as the error.
func fail(c *call) (*value.Value, error) {
	s, err := c.str(0)
	if err != nil {
		return nil, err
	}
	if c.args[0].HoldsSecret() {
		s = describe(c.args[0])
	}
	return nil, EngineErrorf("%s", s)
}
