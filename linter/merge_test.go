package linter

import (
	"reflect"
	"testing"

	"github.com/aksnetlint/aksnetlint/linter/arm"
	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// worldsOf are all combinations of the values of parameters, the first of each being the default,
// which goes without saying.
func worldsOf(domains ...[]string) []*world {
	worlds := []*world{{}}
	parameters := []arm.Parameter{}
	for i, values := range domains {
		name := string(rune('a' + i))
		parameters = append(parameters, arm.Parameter{Name: name, Default: true, Value: value.NewString(values[0])})
		var next []*world
		for _, w := range worlds {
			next = append(next, w)
			for _, v := range values[1:] {
				assigned := append(append([]assignment{}, w.assignments...), assignment{name, value.NewString(v)})
				next = append(next, &world{assignments: assigned})
			}
		}
		worlds = next
	}
	for _, w := range worlds {
		w.parameters = parameters
	}
	return worlds
}

// where keeps the worlds in which the parameters have one of these values.
func where(worlds []*world, wanted map[string][]string) []*world {
	var kept []*world
	for _, w := range worlds {
		fits := true
		for name, values := range wanted {
			among := false
			for _, v := range values {
				among = among || valueIn(w, name).Str == v
			}
			fits = fits && among
		}
		if fits {
			kept = append(kept, w)
		}
	}
	return kept
}

func TestCondition(t *testing.T) {
	worlds := worldsOf([]string{"1", "2", "3"}, []string{"x", "y"}, []string{"p", "q"})
	for _, test := range []struct {
		name  string
		holds map[string][]string
		want  []Condition
	}{
		{"one value", map[string][]string{"a": {"2"}}, []Condition{{"a", []any{"2"}}}},
		{"several values of one parameter", map[string][]string{"a": {"2", "3"}}, []Condition{{"a", []any{"2", "3"}}}},
		{"the default value of one parameter", map[string][]string{"a": {"1"}, "b": {"y"}}, []Condition{{"a", []any{"1"}}, {"b", []any{"y"}}}},
		{"two parameters", map[string][]string{"a": {"2"}, "c": {"q"}}, []Condition{{"a", []any{"2"}}, {"c", []any{"q"}}}},
		{"all parameters", map[string][]string{"a": {"2", "3"}, "b": {"y"}, "c": {"q"}}, []Condition{{"a", []any{"2", "3"}}, {"b", []any{"y"}}, {"c", []any{"q"}}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := condition(worlds, where(worlds, test.holds)); !reflect.DeepEqual(got, test.want) {
				t.Errorf("condition: %v, want %v", got, test.want)
			}
		})
	}
}

// Where no set of values for each parameter tells the worlds apart, one of them is named.
func TestConditionWitness(t *testing.T) {
	worlds := worldsOf([]string{"1", "2"}, []string{"x", "y"})
	holds := append(where(worlds, map[string][]string{"a": {"2"}, "b": {"x"}}), where(worlds, map[string][]string{"a": {"1"}, "b": {"y"}})...)
	want := []Condition{{"a", []any{"2"}}, {"b", []any{"x"}}}
	if got := condition(worlds, holds); !reflect.DeepEqual(got, want) {
		t.Errorf("condition: %v, want %v", got, want)
	}
}
