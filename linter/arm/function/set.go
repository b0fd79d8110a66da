package function

import (
	"strconv"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// charge takes the steps of walking a value.
func (c *call) charge(v *value.Value) error {
	const most = 1 << 20
	return c.budget().Step(v.Size(most))
}

// set is an ordered set of known values.
type set struct {
	c     *call
	items []*value.Value
	// byKey holds the items with a cheap key, which equal values share.
	byKey map[string][]*value.Value
}

func newSet(c *call) *set { return &set{c: c, byKey: map[string][]*value.Value{}} }

func setKey(v *value.Value) string {
	switch v.Kind {
	case value.String:
		return "s" + v.Str
	case value.Int:
		return "i" + strconv.FormatInt(v.Int, 10)
	case value.Array:
		return "a" + strconv.Itoa(len(v.Items))
	case value.Object:
		return "o" + strconv.Itoa(len(v.Members))
	}
	return strconv.Itoa(int(v.Kind))
}

func (s *set) has(v *value.Value) (bool, error) {
	for _, other := range s.byKey[setKey(v)] {
		if err := s.c.charge(v); err != nil {
			return false, err
		}
		if value.Equal(v, other) == value.Yes {
			return true, nil
		}
	}
	return false, s.c.budget().Step(1)
}

// add adds a value and says whether it is new.
func (s *set) add(v *value.Value) (bool, error) {
	found, err := s.has(v)
	if found || err != nil {
		return false, err
	}
	key := setKey(v)
	s.byKey[key] = append(s.byKey[key], v)
	s.items = append(s.items, v)
	return true, nil
}

// union joins arrays without repetition, or merges objects deeply. Null
// arguments are passed over. Arrays must be known throughout; the values of
// objects need not be.
func union(c *call) (*value.Value, error) {
	var result *value.Value
	var doubts []*value.Doubt
	for _, arg := range c.args {
		if arg.Kind == value.Unknown {
			doubts = append(doubts, arg.Doubt)
		} else if arg.Kind == value.Array && arg.HoldsUnknown() {
			doubts = append(doubts, arg.Doubts()...)
		}
	}
	if len(doubts) > 0 {
		return c.unknown(c.node.At, "", doubts...), nil
	}
	for i, arg := range c.args {
		switch {
		case arg.Kind == value.Null:
		case arg.Kind != value.Array && arg.Kind != value.Object:
			return nil, c.wrongType(i, "an array or an object")
		case result != nil && result.Kind != arg.Kind:
			return nil, c.errorf("expects all of its arguments to be arrays or all to be objects.")
		case arg.Kind == value.Array:
			return unionArrays(c)
		case result == nil:
			result = arg
		default:
			merged, err := c.merge(result, arg)
			if err != nil {
				return nil, err
			}
			result = merged
		}
	}
	if result == nil {
		return value.NewNull(), nil
	}
	return result, nil
}

func unionArrays(c *call) (*value.Value, error) {
	all := newSet(c)
	for i, arg := range c.args {
		if arg.Kind == value.Null {
			continue
		}
		items, err := c.array(i)
		if err != nil {
			return nil, err
		}
		for _, item := range items {
			if _, err := all.add(item); err != nil {
				return nil, err
			}
		}
	}
	return c.list(all.items)
}

// merge merges b into a: objects deeply, all else by replacing. An unknown
// value on one side may be an object itself, which makes the member unknown.
func (c *call) merge(a, b *value.Value) (*value.Value, error) {
	if err := c.budget().Enter(); err != nil {
		return nil, err
	}
	defer c.budget().Leave()
	if err := c.budget().Items(int64(len(a.Members) + len(b.Members))); err != nil {
		return nil, err
	}
	var merged value.Builder
	for _, m := range a.Members {
		m.Value = m.Value.WithSecret(a.Secret)
		merged.Set(m)
	}
	for _, m := range b.Members {
		m.Value = m.Value.WithSecret(b.Secret)
		before := merged.Get(m.Name)
		switch {
		case before == nil:
		case before.Kind == value.Object && m.Value.Kind == value.Object:
			both, err := c.merge(before, m.Value)
			if err != nil {
				return nil, err
			}
			m.Value = both
		case before.Kind == value.Unknown && m.Value.Kind == value.Object:
			m.Value = c.unknown(c.node.At, "", before.Doubt).WithSecret(before.Secret)
		case before.Kind == value.Object && m.Value.Kind == value.Unknown:
			m.Value = c.unknown(c.node.At, "", m.Value.Doubt).WithSecret(m.Value.Secret)
		}
		merged.Set(m)
	}
	return merged.Object(), nil
}
