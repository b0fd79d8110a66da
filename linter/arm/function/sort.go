package function

import (
	"slices"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// sortItems sorts by a lambda that says whether its first variable goes before
// its second. Merging keeps the order of equal elements and ends whatever the
// lambda answers.
func sortItems(c *call) (*value.Value, error) {
	l, err := c.lambda(1, 2, 2)
	if err != nil {
		return nil, err
	}
	items, unknown, err := c.source()
	if err != nil || unknown != nil {
		return unknown, err
	}
	s := sorter{c: c, lambda: l}
	sorted := slices.Clone(items)
	if err := s.sort(sorted, make([]*value.Value, len(items))); err != nil {
		return nil, err
	}
	if len(s.doubts) > 0 {
		return c.unknown(c.node.At, "", s.doubts...), nil
	}
	return value.NewArray(sorted), nil
}

type sorter struct {
	c      *call
	lambda *lambda
	doubts []*value.Doubt
}

// before asks the lambda. An unknown answer is remembered and ends the sorting.
func (s *sorter) before(a, b *value.Value) (bool, error) {
	if len(s.doubts) > 0 {
		return false, nil
	}
	v, err := s.c.apply(s.lambda, a, b)
	switch {
	case err != nil:
		return false, err
	case v.Kind == value.Unknown:
		s.doubts = append(s.doubts, v.Doubt)
		return false, nil
	case v.Kind != value.Bool:
		return false, s.c.errorf("expects its lambda to return a boolean. It returned a value of type '%s'.", typeName(v))
	}
	return v.Bool, nil
}

func (s *sorter) sort(items, spare []*value.Value) error {
	if len(items) < 2 {
		return nil
	}
	middle := len(items) / 2
	if err := s.sort(items[:middle], spare[:middle]); err != nil {
		return err
	}
	if err := s.sort(items[middle:], spare[middle:]); err != nil {
		return err
	}
	copy(spare, items)
	left, right := spare[:middle], spare[middle:len(items)]
	for i := range items {
		takeRight := len(left) == 0
		if !takeRight && len(right) > 0 {
			var err error
			if takeRight, err = s.before(right[0], left[0]); err != nil {
				return err
			}
		}
		if takeRight {
			items[i], right = right[0], right[1:]
		} else {
			items[i], left = left[0], left[1:]
		}
	}
	return nil
}
