package function

import (
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm/expr"
	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// The functions of this file give the access to members and elements. Their
// error texts are the engine's.

func (e *evaluator) property(node *expr.Property) *value.Value {
	base := e.eval(node.Base)
	v, err := e.member(base, node.Name)
	if err != nil {
		return e.fail(place{span: node.NameAt}, err)
	}
	return e.part(base, v)
}

func (e *evaluator) index(node *expr.Index) *value.Value {
	base := e.eval(node.Base)
	key := e.eval(node.Key)
	if key.Kind == value.Unknown {
		doubts := []*value.Doubt{key.Doubt}
		if base.Kind == value.Unknown {
			doubts = append(doubts, base.Doubt)
		}
		return e.unknown(node.At, "", doubts...).WithSecret(base.Secret)
	}
	v, err := e.element(base, key)
	if err != nil {
		return e.fail(place{span: node.Key.Span()}, masked(err, key))
	}
	return e.part(base, v)
}

// part marks what was taken out of a secret container, and gives nil, a part of
// an unknown value, the doubt of the whole.
func (e *evaluator) part(base, v *value.Value) *value.Value {
	if v == nil {
		v = value.NewUnknown(base.Doubt)
	}
	return v.WithSecret(base.Secret)
}

// element returns base[key]. It returns nil for a part of an unknown base that
// is not known.
func (e *evaluator) element(base, key *value.Value) (*value.Value, error) {
	switch key.Kind {
	case value.String:
		return e.member(base, key.Str)
	case value.Int:
		return item(base, key.Int)
	}
	return nil, EngineErrorf("The language expression property '%s' can't be evaluated, property name must be a string or an integer.", describe(key))
}

// member returns the member of base with that name.
func (e *evaluator) member(base *value.Value, name string) (*value.Value, error) {
	if err := e.in.Budget.Step(int64(len(base.Members) / 16)); err != nil {
		return nil, err
	}
	v := base.Get(name)
	switch {
	case v != nil, base.Kind == value.Unknown:
		return v, nil
	case base.Kind == value.Object:
		return nil, EngineErrorf("The language expression property '%s' doesn't exist, available properties are '%s'.", name, available(base))
	}
	return nil, EngineErrorf("The language expression property '%s' can't be evaluated.", name)
}

// available lists the names of an object, as far as they fit into a message.
func available(object *value.Value) string {
	const most = 50
	var names []string
	for i, m := range object.Members {
		if i == most {
			names = append(names, "...")
			break
		}
		names = append(names, m.Name)
	}
	return strings.Join(names, ", ")
}

// item returns the element of base at an index.
func item(base *value.Value, index int64) (*value.Value, error) {
	if index >= 0 && index < int64(len(base.Items)) {
		return base.Items[index], nil
	}
	switch base.Kind {
	case value.Unknown:
		return nil, nil
	case value.Array:
		return nil, outOfBounds(index)
	}
	return nil, EngineErrorf("The language expression property '%d' can't be evaluated.", index)
}

func outOfBounds(index int64) error {
	return EngineErrorf("The language expression property array index '%d' is out of bounds.", index)
}
