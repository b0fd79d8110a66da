package function

import (
	"slices"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// objectRows make, merge and list objects.
var objectRows = []row{
	{name: "createObject", min: 0, max: -1, needs: nothing, wraps: true, run: createObject},
	{name: "items", min: 1, max: 1, takes: true, run: items},
	{name: "objectKeys", min: 1, max: 1, run: objectKeys},
	{name: "shallowMerge", min: 1, max: 1, needs: nothing, run: shallowMerge},
	{name: "null", min: 0, max: 0, run: func(*call) (*value.Value, error) { return value.NewNull(), nil }},
	{name: "distinct", min: 1, max: 1, needs: content, run: distinct},
	{name: "intersection", min: 2, max: -1, needs: content, run: intersection},
	{name: "union", min: 2, max: -1, needs: nothing, run: union},
}

// createObject makes an object of names and values in turn.
func createObject(c *call) (*value.Value, error) {
	if len(c.args)%2 != 0 {
		return nil, c.errorf("expects an even number of parameters: names and values in turn. It was invoked with %d.", len(c.args))
	}
	if err := c.budget().Items(int64(len(c.args) / 2)); err != nil {
		return nil, err
	}
	var b value.Builder
	var doubts []*value.Doubt
	for i := 0; i < len(c.args); i += 2 {
		if c.args[i].Kind == value.Unknown {
			doubts = append(doubts, c.args[i].Doubt)
			continue
		}
		name, err := c.str(i)
		if err != nil {
			return nil, err
		}
		b.Set(value.Member{Name: name, Value: c.args[i+1]})
	}
	if len(doubts) > 0 {
		return c.unknown(c.node.At, "", doubts...), nil
	}
	return b.Object(), nil
}

// sortedMembers lists the members in the order of items() and objectKeys().
func sortedMembers(c *call) ([]value.Member, error) {
	object, err := c.object(0)
	if err != nil {
		return nil, err
	}
	if err := c.budget().Items(int64(len(object.Members))); err != nil {
		return nil, err
	}
	members := slices.Clone(object.Members)
	slices.SortStableFunc(members, func(a, b value.Member) int { return compareText(a.Name, b.Name) })
	return members, nil
}

func items(c *call) (*value.Value, error) {
	members, err := sortedMembers(c)
	if err != nil {
		return nil, err
	}
	list := make([]*value.Value, len(members))
	for i, m := range members {
		list[i] = value.NewObject([]value.Member{
			{Name: "key", Value: value.NewString(m.Name)},
			{Name: "value", Value: m.Value.WithSecret(c.args[0].Secret)},
		})
	}
	return value.NewArray(list), nil
}

func objectKeys(c *call) (*value.Value, error) {
	members, err := sortedMembers(c)
	if err != nil {
		return nil, err
	}
	names := make([]*value.Value, len(members))
	for i, m := range members {
		names[i] = value.NewString(m.Name)
	}
	return value.NewArray(names), nil
}

// shallowMerge merges an array of objects; the last value of a member wins, the
// first spelling of its name stays. Null elements are passed over.
func shallowMerge(c *call) (*value.Value, error) {
	if c.args[0].Kind == value.Unknown {
		return c.unknown(c.node.At, "", c.args[0].Doubt), nil
	}
	objects, err := c.array(0)
	if err != nil {
		return nil, err
	}
	var b value.Builder
	var doubts []*value.Doubt
	for _, object := range objects {
		switch object.Kind {
		case value.Null:
		case value.Unknown:
			doubts = append(doubts, object.Doubt)
		case value.Object:
			if err := c.budget().Items(int64(len(object.Members))); err != nil {
				return nil, err
			}
			for _, m := range object.Members {
				m.Value = m.Value.WithSecret(object.Secret)
				b.Set(m)
			}
		default:
			return nil, c.errorf("expects its parameter to be an array of objects. An element is of type '%s'.", typeName(object))
		}
	}
	if len(doubts) > 0 {
		return c.unknown(c.node.At, "", doubts...), nil
	}
	return b.Object(), nil
}

// distinct keeps the first of equal elements.
func distinct(c *call) (*value.Value, error) {
	items, err := c.array(0)
	if err != nil {
		return nil, err
	}
	set := newSet(c)
	for _, item := range items {
		if _, err := set.add(item); err != nil {
			return nil, err
		}
	}
	return c.list(set.items)
}

// intersection keeps the elements that all arrays hold, in the order of the
// first, or the members whose values are equal in all objects.
func intersection(c *call) (*value.Value, error) {
	switch c.args[0].Kind {
	case value.Array:
		return intersectArrays(c)
	case value.Object:
		return intersectObjects(c)
	}
	return nil, c.wrongType(0, "an array or an object")
}

func intersectArrays(c *call) (*value.Value, error) {
	result := c.args[0].Items
	for i := range c.args {
		other, err := c.array(i)
		if err != nil {
			return nil, err
		}
		in, kept := newSet(c), newSet(c)
		for _, item := range other {
			if _, err := in.add(item); err != nil {
				return nil, err
			}
		}
		for _, item := range result {
			found, err := in.has(item)
			if err == nil && found {
				_, err = kept.add(item)
			}
			if err != nil {
				return nil, err
			}
		}
		result = kept.items
	}
	return c.list(result)
}

func intersectObjects(c *call) (*value.Value, error) {
	var b value.Builder
	for i := range c.args {
		if _, err := c.object(i); err != nil {
			return nil, err
		}
	}
	for _, m := range c.args[0].Members {
		all := true
		for _, other := range c.args[1:] {
			if err := c.charge(m.Value); err != nil {
				return nil, err
			}
			v := other.Get(m.Name)
			all = all && v != nil && value.Equal(m.Value, v) == value.Yes
		}
		if all {
			b.Set(m)
		}
	}
	return b.Object(), nil
}
