package function

import (
	"github.com/aksnetlint/aksnetlint/linter/arm/expr"
	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// lambdaRows apply an expression to each element of an array or object.
//
// Source: https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-lambda
var lambdaRows = []row{
	{name: "filter", min: 2, max: 2, lazy: true, run: filter},
	{name: "map", min: 2, max: 2, lazy: true, run: mapItems},
	{name: "mapValues", min: 2, max: 2, lazy: true, run: mapValues},
	{name: "reduce", min: 3, max: 3, lazy: true, takes: true, run: reduce},
	{name: "sort", min: 2, max: 2, lazy: true, run: sortItems},
	{name: "toObject", min: 2, max: 3, lazy: true, run: toObject},
	{name: "groupBy", min: 2, max: 3, lazy: true, run: groupBy},
	{name: "lambda", min: 2, max: -1, lazy: true, run: strayLambda},
	{name: "lambdaVariables", min: 1, max: 1, takes: true, run: lambdaVariables},
}

// lambda is an expression with the names of its variables.
type lambda struct {
	names []string
	body  expr.Expr
}

// strayLambda refuses a lambda that is not an argument of a function that
// takes one: those read it themselves.
func strayLambda(c *call) (*value.Value, error) { return nil, ErrLocation(c.row.name) }

func lambdaVariables(c *call) (*value.Value, error) {
	name, err := c.str(0)
	if err != nil {
		return nil, err
	}
	if v := c.lambdaVariable(name); v != nil {
		return v, nil
	}
	return nil, EngineErrorf("The lambda variable '%s' is not found.", name)
}

// lambda reads the i-th argument, which must be lambda('name', ..., body) with
// at least least and at most most names.
func (c *call) lambda(i, least, most int) (*lambda, error) {
	node, ok := c.node.Args[i].(*expr.Call)
	if !ok || node.Namespace != "" || value.Fold(node.Name) != "lambda" || len(node.Args) == 0 {
		return nil, c.errorf("expects argument number %d to be a lambda.", i+1)
	}
	count := len(node.Args) - 1
	if count < least || count > most {
		return nil, c.errorf("expects argument number %d to be a lambda with %d to %d variables. It has %d.", i+1, least, most, count)
	}
	l := &lambda{body: node.Args[count]}
	for _, arg := range node.Args[:count] {
		name, ok := arg.(*expr.String)
		if !ok {
			return nil, c.errorf("expects the variables of its lambda to be string literals.")
		}
		l.names = append(l.names, name.Value)
	}
	return l, nil
}

// source evaluates the first argument, which must be an array. Where it is
// unknown, the result of the call is given instead.
func (c *call) source() (items []*value.Value, unknown *value.Value, err error) {
	v := c.eval(c.node.Args[0])
	c.args = []*value.Value{v}
	switch v.Kind {
	case value.Unknown:
		return nil, c.unknown(c.node.At, "", v.Doubt), nil
	case value.Array:
		return v.Items, nil, c.budget().Items(int64(len(v.Items)))
	}
	c.args = make([]*value.Value, len(c.node.Args))
	c.args[0] = v
	return nil, nil, c.wrongType(0, "an array")
}

// over reads the array and the lambda that most functions here begin with.
func (c *call) over(most int) (*lambda, []*value.Value, *value.Value, error) {
	l, err := c.lambda(1, 1, most)
	if err != nil {
		return nil, nil, nil, err
	}
	items, unknown, err := c.source()
	return l, items, unknown, err
}

// filter is unknown as a whole where the lambda is for one element.
func filter(c *call) (*value.Value, error) {
	l, items, unknown, err := c.over(2)
	if err != nil || unknown != nil {
		return unknown, err
	}
	var kept []*value.Value
	var doubts []*value.Doubt
	for i, item := range items {
		v, err := c.apply(l, item, value.NewInt(int64(i)))
		switch {
		case err != nil:
			return nil, err
		case v.Kind == value.Unknown:
			doubts = append(doubts, v.Doubt)
		case v.Kind != value.Bool:
			return nil, c.errorf("expects its lambda to return a boolean. It returned a value of type '%s'.", typeName(v))
		case v.Bool:
			kept = append(kept, item)
		}
	}
	if len(doubts) > 0 {
		return c.unknown(c.node.At, "", doubts...), nil
	}
	return value.NewArray(kept), nil
}

func mapItems(c *call) (*value.Value, error) {
	l, items, unknown, err := c.over(2)
	if err != nil || unknown != nil {
		return unknown, err
	}
	mapped := make([]*value.Value, len(items))
	for i, item := range items {
		if mapped[i], err = c.apply(l, item, value.NewInt(int64(i))); err != nil {
			return nil, err
		}
	}
	return value.NewArray(mapped), nil
}

func mapValues(c *call) (*value.Value, error) {
	l, err := c.lambda(1, 1, 1)
	if err != nil {
		return nil, err
	}
	object := c.eval(c.node.Args[0])
	c.args = []*value.Value{object, object}
	if object.Kind == value.Unknown {
		return c.unknown(c.node.At, "", object.Doubt), nil
	}
	if object.Kind != value.Object {
		return nil, c.wrongType(0, "an object")
	}
	if err := c.budget().Items(int64(len(object.Members))); err != nil {
		return nil, err
	}
	mapped := make([]value.Member, len(object.Members))
	for i, m := range object.Members {
		v, err := c.apply(l, m.Value)
		if err != nil {
			return nil, err
		}
		mapped[i] = value.Member{Name: m.Name, Value: v}
	}
	return value.NewObject(mapped), nil
}

func reduce(c *call) (*value.Value, error) {
	l, err := c.lambda(2, 2, 3)
	if err != nil {
		return nil, err
	}
	items, unknown, err := c.source()
	current := c.eval(c.node.Args[1])
	if err != nil || unknown != nil {
		return unknown, err
	}
	for i, item := range items {
		if current, err = c.apply(l, current, item, value.NewInt(int64(i))); err != nil {
			return nil, err
		}
	}
	return current, nil
}

// key applies a lambda whose result names a member.
func (c *call) key(l *lambda, item *value.Value) (string, *value.Doubt, error) {
	v, err := c.apply(l, item)
	switch {
	case err != nil:
		return "", nil, err
	case v.Kind == value.Unknown:
		return "", v.Doubt, nil
	case v.Kind == value.Array, v.Kind == value.Object, v.Kind == value.Null:
		return "", nil, c.errorf("expects its lambda to return a string. It returned a value of type '%s'.", typeName(v))
	}
	return scalarText(v), nil, nil
}

// keyed calls put with the key and the value of each element.
func (c *call) keyed(put func(key string, v *value.Value)) (*value.Value, error) {
	l, items, unknown, err := c.over(1)
	if err != nil || unknown != nil {
		return unknown, err
	}
	var values *lambda
	if len(c.node.Args) == 3 {
		if values, err = c.lambda(2, 1, 1); err != nil {
			return nil, err
		}
	}
	var doubts []*value.Doubt
	for _, item := range items {
		key, doubt, err := c.key(l, item)
		if err != nil {
			return nil, err
		}
		if doubt != nil {
			doubts = append(doubts, doubt)
		}
		if values != nil {
			if item, err = c.apply(values, item); err != nil {
				return nil, err
			}
		}
		put(key, item)
	}
	if len(doubts) > 0 {
		return c.unknown(c.node.At, "", doubts...), nil
	}
	return nil, nil
}

// toObject makes an object of an array; a later element with the same key wins.
func toObject(c *call) (*value.Value, error) {
	var b value.Builder
	unknown, err := c.keyed(func(key string, v *value.Value) { b.Set(value.Member{Name: key, Value: v}) })
	if err != nil || unknown != nil {
		return unknown, err
	}
	return b.Object(), nil
}

// groupBy makes an object of arrays, in the order of the first of each group.
func groupBy(c *call) (*value.Value, error) {
	var names []string
	groups := map[string][]*value.Value{}
	unknown, err := c.keyed(func(key string, v *value.Value) {
		fold := value.Fold(key)
		if _, ok := groups[fold]; !ok {
			names = append(names, key)
		}
		groups[fold] = append(groups[fold], v)
	})
	if err != nil || unknown != nil {
		return unknown, err
	}
	members := make([]value.Member, len(names))
	for i, name := range names {
		members[i] = value.Member{Name: name, Value: value.NewArray(groups[value.Fold(name)])}
	}
	return value.NewObject(members), nil
}
