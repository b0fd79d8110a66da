package value

import (
	"math"
	"strings"
	"testing"

	"github.com/aksnetlint/aksnetlint/linter/source"
)

func object(pairs ...any) *Value {
	var b Builder
	for i := 0; i < len(pairs); i += 2 {
		b.Set(Member{Name: pairs[i].(string), Value: pairs[i+1].(*Value)})
	}
	return b.Object()
}

func TestEqual(t *testing.T) {
	unknown := NewUnknown(&Doubt{Reason: Clock})
	standIn := *unknown
	standIn.Str = "x"
	for i, test := range []struct {
		a, b *Value
		want Truth
	}{
		{NewNull(), NewNull(), Yes},
		{NewInt(1), NewFloat(1, ""), No},
		{NewString("a"), NewString("A"), No},
		{NewArray([]*Value{NewInt(1)}), NewArray([]*Value{NewInt(1)}), Yes},
		{object("a", NewInt(1), "b", NewInt(2)), object("b", NewInt(2), "a", NewInt(1)), Yes},
		{object("a", NewInt(1)), object("A", NewInt(1)), No},
		{unknown, unknown, Maybe},
		{&standIn, &standIn, Yes},
		{unknown, NewInt(1), Maybe},
		{NewArray([]*Value{unknown, NewInt(1)}), NewArray([]*Value{NewInt(1), NewInt(2)}), No},
		{NewArray([]*Value{unknown, NewInt(1)}), NewArray([]*Value{NewInt(1), NewInt(1)}), Maybe},
	} {
		if got := Equal(test.a, test.b); got != test.want {
			t.Errorf("%d: got %d, want %d", i, got, test.want)
		}
		if got := Equal(test.b, test.a); got != test.want {
			t.Errorf("%d turned around: got %d, want %d", i, got, test.want)
		}
	}
}

func TestBuilderKeepsFirstSpelling(t *testing.T) {
	v := object("Name", NewInt(1), "other", NewInt(2), "NAME", NewInt(3), "Größe", NewInt(4), "GRÖSSE", NewInt(5))
	text, ok := v.JSON('"', 1000)
	if want := `{"Name":3,"other":2,"Größe":4,"GRÖSSE":5}`; !ok || text != want {
		t.Errorf("got %s, want %s", text, want)
	}
	if got := v.Get("name"); got == nil || got.Int != 3 {
		t.Errorf("name: got %v", got)
	}
}

func TestGetPrefersTheExactSpelling(t *testing.T) {
	for _, fill := range []int{0, 40} {
		members := []Member{{Name: "A", Value: NewInt(1)}, {Name: "a", Value: NewInt(2)}}
		for i := range fill {
			members = append(members, Member{Name: strings.Repeat("x", i+2), Value: NewNull()})
		}
		v := NewObject(members)
		if v.Get("A").Int != 1 || v.Get("a").Int != 2 || v.Get("none") != nil {
			t.Errorf("with %d more members: A %v, a %v", fill, v.Get("A"), v.Get("a"))
		}
	}
}

func TestHolds(t *testing.T) {
	unknown := NewUnknown(&Doubt{Reason: Clock})
	secret := NewString("x").WithSecret(true)
	v := object("a", NewArray([]*Value{unknown}), "b", object("c", secret))
	if !v.HoldsUnknown() || !v.HoldsSecret() || v.Secret || len(v.Doubts()) != 1 {
		t.Errorf("got %v %v %v", v.HoldsUnknown(), v.HoldsSecret(), v.Doubts())
	}
	if plain := object("a", NewInt(1)); plain.HoldsUnknown() || plain.HoldsSecret() {
		t.Error("a plain object holds something")
	}
}

func TestMerge(t *testing.T) {
	a, b := &Doubt{Reason: Reference, Expr: "a"}, &Doubt{Reason: Clock, Expr: "b", Secret: true}
	if got := Merge("f(a, a)", nil, a, nil, a); got != a {
		t.Errorf("one doubt became %+v", got)
	}
	both := Merge("f(a, b)", nil, a, b)
	if both.Reason != Reference || !both.Secret || len(both.From) != 2 {
		t.Errorf("got %+v", both)
	}
	if again := Merge("g", nil, both, a); len(again.From) != 2 {
		t.Errorf("doubts are not flat: %+v", again)
	}
	if Merge("f()", nil) != nil {
		t.Error("no doubts became one")
	}
}

func TestFloatText(t *testing.T) {
	for text, f := range map[string]float64{
		"0": 0, "1.5": 1.5, "-2": -2, "100000000000000": 1e14, "1E+15": 1e15, "1.25E+20": 1.25e20, "0.0001": 1e-4, "1E-05": 1e-5, "1E+100": 1e100,
	} {
		if got := FloatText(f); got != text {
			t.Errorf("%g: got %s, want %s", f, got, text)
		}
	}
}

// TestNumbersOutOfRange: what JSON cannot hold is not known.
func TestNumbersOutOfRange(t *testing.T) {
	for _, v := range []*Value{NewNumber("-4e400"), NewNumber(strings.Repeat("7", 350)), NewFloat(math.NaN(), "")} {
		if v.Kind != Unknown || v.Doubt.Reason != Limit || v.Doubt.Expr == "" {
			t.Errorf("got %+v", v)
		}
	}
	if v := NewNumber("4e300"); v.Kind != Float {
		t.Errorf("got %+v", v)
	}
}

func TestJSONIsBounded(t *testing.T) {
	v := NewArray([]*Value{NewString(strings.Repeat("a", 100))})
	if text, ok := v.JSON('"', 50); ok || len(text) > 50 {
		t.Errorf("got %d bytes", len(text))
	}
	if text, ok := NewString("a'\x01\u2028\"").JSON('\'', 50); !ok || text != `'a\'\u0001\u2028"'` {
		t.Errorf("got %s", text)
	}
}

func TestFromNode(t *testing.T) {
	file := source.NewFile("x.json", []byte(`{"a":[1,2.5,"[x]"],"a":null}`))
	n := &source.Node{Kind: source.Object, Fields: []source.Field{
		{Name: "a", Value: &source.Node{Kind: source.Int, Text: "1"}, Overridden: true},
		{Name: "A", Value: &source.Node{Kind: source.Array, Span: source.Span{Start: 5, End: 18}, Items: []*source.Node{
			{Kind: source.Int, Text: "9223372036854775808"}, {Kind: source.Float, Text: "2.50"}, {Kind: source.String, Text: "[x]"}, {Kind: source.Bool, Text: "true"},
		}}},
	}}
	v := FromNode(file, n)
	text, _ := v.JSON('"', 1000)
	if want := `{"A":[9.223372036854776E+18,2.5,"[x]",true]}`; text != want {
		t.Errorf("got %s, want %s", text, want)
	}
	if o := v.Get("a").Origin; o == nil || o.File != file || o.Span.Start != 5 {
		t.Errorf("origin: %+v", o)
	}
}
