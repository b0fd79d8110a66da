package function

import (
	"fmt"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm/expr"
	"github.com/aksnetlint/aksnetlint/linter/arm/value"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// host is what a function may ask of the evaluator.
type host interface {
	eval(expr.Expr) *value.Value
	maybe(expr.Expr) *value.Value
	apply(*lambda, ...*value.Value) (*value.Value, error)
	lambdaVariable(string) *value.Value
	env() Env
	budget() *Budget
	element(base, key *value.Value) (*value.Value, error)
	unknown(source.Span, string, ...*value.Doubt) *value.Value
	doubt(value.Reason, source.Span) *value.Value
}

// call is one call of a function of the table.
type call struct {
	host
	row  *row
	node *expr.Call
	// args are the values of the arguments; empty for a lazy row.
	args []*value.Value
}

// call evaluates a call: of a user function, of a function of the table, or of
// a list* function.
func (e *evaluator) call(node *expr.Call) *value.Value {
	at := place{span: node.At, name: node.Name}
	if node.Namespace != "" {
		args := e.arguments(node)
		v, err := e.env().CallUser(node.Namespace, node.Name, args)
		if err != nil || v == nil {
			return e.fail(at, masked(orMissing(err, node.Namespace+"."+node.Name), args...))
		}
		return v
	}
	r, ok := lookup(node.Name)
	if !ok {
		e.arguments(node)
		return e.fail(at, ErrFunction(node.Name))
	}
	if err := checkArity(r, node); err != nil {
		return e.fail(at, err)
	}
	c := &call{host: e, row: r, node: node}
	if !r.lazy {
		c.args = e.arguments(node)
	}
	v, err := c.run()
	if err != nil {
		return e.fail(at, masked(err, c.args...))
	}
	return c.mark(v)
}

func orMissing(err error, name string) error {
	if err != nil {
		return err
	}
	return ErrFunction(name)
}

func (e *evaluator) arguments(node *expr.Call) []*value.Value {
	args := make([]*value.Value, len(node.Args))
	for i, arg := range node.Args {
		args[i] = e.eval(arg)
	}
	return args
}

func checkArity(r *row, node *expr.Call) error {
	n := len(node.Args)
	if n >= r.min && (r.max < 0 || n <= r.max) {
		return nil
	}
	want := fmt.Sprintf("%d", r.min)
	switch {
	case r.max < 0:
		want = fmt.Sprintf("at least %d", r.min)
	case r.max > r.min:
		want = fmt.Sprintf("%d to %d", r.min, r.max)
	}
	return EngineErrorf("Unable to evaluate language function '%s': function requires %s argument(s) while %d were provided.", node.Name, want, n)
}

// run gives the value, unknown where the function needs an argument that is.
func (c *call) run() (*value.Value, error) {
	if c.row.lazy || c.row.needs == nothing {
		return c.row.run(c)
	}
	var doubts []*value.Doubt
	for _, arg := range c.args {
		switch {
		case arg.Kind == value.Unknown:
			doubts = append(doubts, arg.Doubt)
		case c.row.needs != whole && arg.HoldsUnknown():
			doubts = append(doubts, arg.Doubts()...)
		}
	}
	if len(doubts) == 0 {
		return c.row.run(c)
	}
	return c.unknown(c.node.At, c.standIn(), doubts...), nil
}

// mark makes what was computed from a secret one itself. What a function takes
// out of a container is as secret as the container and the part are.
func (c *call) mark(v *value.Value) *value.Value {
	if v.Secret || c.row.wraps && v.Kind != value.Unknown {
		return v
	}
	scalar := v.Kind == value.String || v.Kind == value.Int || v.Kind == value.Float || v.Kind == value.Unknown
	for _, arg := range c.args {
		if arg.Secret && v.Kind != value.Bool && v.Kind != value.Null || scalar && !c.row.takes && arg.HoldsSecret() {
			return v.WithSecret(true)
		}
	}
	return v
}

// errorf is the engine's usual error of a function: "The template language
// function 'f' ..." with what is wrong.
func (c *call) errorf(format string, args ...any) error {
	return EngineErrorf("The template language function '%s' %s", c.row.name, fmt.Sprintf(format, args...))
}

// invalid is the engine's error for a value that cannot be converted.
func (c *call) invalid() error {
	return c.errorf("was invoked with a parameter that is not valid. The value cannot be converted to the target type.")
}

// wrongType is the error for the i-th argument being of a type that is not
// among those wanted.
func (c *call) wrongType(i int, want string) error {
	return c.errorf("expects its %s to be %s. The provided value is of type '%s'.", c.ordinal(i), want, typeName(c.args[i]))
}

func (c *call) ordinal(i int) string {
	names := []string{"first", "second", "third", "fourth", "fifth"}
	switch {
	case len(c.args) == 1:
		return "parameter"
	case i < len(names):
		return names[i] + " argument"
	}
	return fmt.Sprintf("argument number %d", i+1)
}

// str, integer, boolean, array and object give an argument of one type.
func (c *call) str(i int) (string, error) {
	if c.args[i].Kind != value.String {
		return "", c.wrongType(i, "a string")
	}
	return c.args[i].Str, nil
}

func (c *call) integer(i int) (int64, error) {
	if c.args[i].Kind != value.Int {
		return 0, c.wrongType(i, "an integer")
	}
	return c.args[i].Int, nil
}

func (c *call) array(i int) ([]*value.Value, error) {
	if c.args[i].Kind != value.Array {
		return nil, c.wrongType(i, "an array")
	}
	return c.args[i].Items, nil
}

func (c *call) object(i int) (*value.Value, error) {
	if c.args[i].Kind != value.Object {
		return nil, c.wrongType(i, "an object")
	}
	return c.args[i], nil
}

// strings gives all arguments from the i-th on, which must be strings.
func (c *call) strings(from int) ([]string, error) {
	var texts []string
	for i := from; i < len(c.args); i++ {
		s, err := c.str(i)
		if err != nil {
			return nil, err
		}
		texts = append(texts, s)
	}
	return texts, nil
}

// text charges a string and makes it a value.
func (c *call) text(s string) (*value.Value, error) {
	if err := c.budget().Text(int64(len(s))); err != nil {
		return nil, err
	}
	return value.NewString(s), nil
}

// list charges an array and makes it a value.
func (c *call) list(items []*value.Value) (*value.Value, error) {
	if err := c.budget().Items(int64(len(items))); err != nil {
		return nil, err
	}
	return value.NewArray(items), nil
}

// typeName is the name of a type as the engine prints it.
func typeName(v *value.Value) string {
	return [...]string{"Null", "Boolean", "Integer", "Float", "String", "Array", "Object", "Unknown"}[v.Kind]
}

// describe shows a value in a message without its content where that is
// secret or long.
func describe(v *value.Value) string {
	const most = 200
	switch {
	case v.HoldsSecret():
		return "(secret)"
	case v.Kind == value.String && len(v.Str) <= most:
		return v.Str
	case v.Kind == value.String:
		return strings.ToValidUTF8(v.Str[:most], "") + "..."
	}
	text, ok := v.JSON('"', most)
	if !ok {
		return typeName(v)
	}
	return text
}
