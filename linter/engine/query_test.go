package engine

import (
	"context"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

const queryModule = `package aksnetlint.lib.sums

said contains {"about": "sum", "value": input.resource.a + input.resource.b}

said contains {"about": "list", "value": [input.resource.a, null, "x", true]}

said contains {"about": "large"} if input.resource.b > 3

one := 1
`

func queryEngine(t *testing.T) *Engine {
	t.Helper()
	e, err := New(context.Background(), Options{Modules: []Module{{Path: "lib/sums.rego", Text: []byte(queryModule)}}})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func querySums(t *testing.T, resource map[string]any) map[string]Member {
	t.Helper()
	document, err := Prepare(resource)
	if err != nil {
		t.Fatal(err)
	}
	members, err := queryEngine(t).Query(context.Background(), "aksnetlint.lib.sums", "said", Input{Resource: document})
	if err != nil {
		t.Fatal(err)
	}
	byAbout := map[string]Member{}
	for _, m := range members {
		byAbout[m.Value.(map[string]any)["about"].(string)] = m
	}
	return byAbout
}

func TestQueryKnown(t *testing.T) {
	said := querySums(t, map[string]any{"a": 2, "b": 5})
	want := map[string]any{"about": "sum", "value": json.Number("7")}
	if got := said["sum"]; !got.Certain || len(got.Unknowns) != 0 || !reflect.DeepEqual(got.Value, want) {
		t.Errorf("sum: %+v, want %v for certain", got, want)
	}
	want = map[string]any{"about": "list", "value": []any{json.Number("2"), nil, "x", true}}
	if got := said["list"]; !reflect.DeepEqual(got.Value, want) {
		t.Errorf("list: %+v, want %v", got.Value, want)
	}
	if _, ok := said["large"]; !ok {
		t.Error("no statement that b is large")
	}
}

// What hangs on an unknown value says on which, and the rest stands.
func TestQueryUnknown(t *testing.T) {
	b := &Unknown{Source: "b"}
	said := querySums(t, map[string]any{"a": 2, "b": b})
	if got := said["list"]; !got.Certain || len(got.Unknowns) != 0 {
		t.Errorf("list hangs on %v, want on nothing", got.Unknowns)
	}
	sum := said["sum"]
	if len(sum.Unknowns) != 1 || sum.Unknowns[0] != b || sum.Value.(map[string]any)["value"] != nil {
		t.Errorf("sum: %+v, want an unknown value that hangs on b", sum)
	}
	if large := said["large"]; large.Certain || len(large.Unknowns) != 1 || large.Unknowns[0] != b {
		t.Errorf("large: %+v, want possible, hanging on b", large)
	}
}

func TestQueryErrors(t *testing.T) {
	e := queryEngine(t)
	for _, c := range []struct{ pkg, set, want string }{
		{"aksnetlint.lib.nothing", "said", "there is no package aksnetlint.lib.nothing"},
		{"aksnetlint.lib.sums", "one", "is no partial set"},
		{"aksnetlint.lib.sums", "two", "is no partial set"},
	} {
		_, err := e.Query(context.Background(), c.pkg, c.set, Input{})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s.%s: %v, want an error with %q", c.pkg, c.set, err, c.want)
		}
	}
}
