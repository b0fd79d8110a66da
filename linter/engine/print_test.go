package engine

import (
	"slices"
	"testing"
)

// What a rule prints is heard also where values are not known, each call once,
// and changes no verdict.
func TestPrintWithUnknowns(t *testing.T) {
	body := `deny contains {"path": [], "message": "m"} if {
	some pool in input.resource.pools
	print("pool", pool.name, pool, input.resource.none, input.resource.open)
	pool.count > 3
	print("large", [pool.count], input.resource.open.deep)
}
`
	var lines []string
	m := ruleModule("talks", body)
	m.Custom = true
	e := mustNew(t, Options{Modules: []Module{m}, Print: func(_, text string) { lines = append(lines, text) }})
	for _, c := range []struct {
		name           string
		open           any
		count          any
		want           []string
		hits, undecide int
	}{
		{"known", 1, 5, []string{
			`pool a {"count": 5, "name": "a"} <undefined> 1`, "large [5] <undefined>",
		}, 1, 0},
		{"unknown beside", &Unknown{}, 5, []string{
			`pool a {"count": 5, "name": "a"} <undefined> <unknown>`, "large [5] <unknown>",
		}, 1, 0},
		{"unknown inside", 1, &Unknown{}, []string{
			`pool a {"count": <unknown>, "name": "a"} <undefined> 1`, `large [<unknown>] <undefined>`,
		}, 0, 1},
	} {
		lines = nil
		res := mustEval(t, e, map[string]any{"open": c.open, "pools": []any{map[string]any{"name": "a", "count": c.count}}})
		if !slices.Equal(lines, c.want) {
			t.Errorf("%s: printed %q, want %q", c.name, lines, c.want)
		}
		if len(res.Hits) != c.hits || len(res.Undecided) != c.undecide || len(res.Failures) > 0 {
			t.Errorf("%s: %+v", c.name, res)
		}
	}
}

// A rule that fails is asked again by OPA itself: what it prints is heard once.
func TestPrintBeforeFailure(t *testing.T) {
	n := 0
	m := ruleModule("fails", `deny contains {"path": [], "message": "m"} if {
	print("here")
	to_number(input.resource.name) > 1
}
`)
	m.Custom = true
	e := mustNew(t, Options{Modules: []Module{m}, Print: func(_, _ string) { n++ }})
	res := mustEval(t, e, map[string]any{"name": "text", "open": &Unknown{}})
	if n > 1 || len(res.Failures) != 1 {
		t.Errorf("printed %d times, %+v", n, res)
	}
}
