package engine

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
)

// The forms in which a rule written without a thought of unknown values would
// fire on a sentinel.
func TestNaiveFormsAreUndecided(t *testing.T) {
	forms := []string{
		`input.resource.x != true`,
		`input.resource.x > 3`,
		`not input.resource.x.b`,
		`not input.resource.x`,
		`object.get(input.resource, "x", "none") == "none"`,
		`not input.resource.x in {"a", "b"}`,
		`count(input.resource.x) == 0`,
		`every y in input.resource.x { y == 1 }`,
		`not startswith(input.resource.x, "a")`,
		`input.resource.x != sprintf("%v", [1])`,
		`not "a" in input.resource.x`,
		`count([y | some y in input.resource.x]) < 1`,
	}
	for _, form := range forms {
		t.Run(form, func(t *testing.T) {
			m := ruleModule("naive", fmt.Sprintf("deny contains {\"path\": [], \"message\": \"m\"} if %s\n", form))
			m.Custom = true
			e := mustNew(t, Options{Modules: []Module{m}})
			u := &Unknown{Source: "why"}
			res := mustEval(t, e, map[string]any{"x": u})
			if len(res.Hits) != 0 || len(res.Failures) != 0 {
				t.Errorf("hits %v, failures %v", res.Hits, res.Failures)
			}
			if len(res.Undecided) != 1 || len(res.Undecided[0].Unknowns) != 1 || res.Undecided[0].Unknowns[0] != u {
				t.Errorf("undecided: %v", res.Undecided)
			}
		})
	}
}

// An unknown that a rule does not look at changes nothing.
func TestUnknownElsewhereDecides(t *testing.T) {
	e := mustNew(t, Options{Modules: []Module{ruleModule("plain", `deny contains {"path": ["pools", i], "message": p.name} if {
	some i, p in input.resource.pools
	p.count > 3
}
`)}})
	res := mustEval(t, e, map[string]any{"other": &Unknown{}, "pools": []any{
		map[string]any{"name": "big", "count": 5, "x": &Unknown{}},
		map[string]any{"name": "open", "count": &Unknown{}},
	}})
	if len(res.Hits) != 1 || res.Hits[0].Message != "big" || len(res.Undecided) != 1 || len(res.Undecided[0].Unknowns) != 1 {
		t.Errorf("result: %+v", res)
	}
}

// The interpreter finds what OPA finds with the built-in rules.
func TestInterpreterAgreesOnBuiltInRules(t *testing.T) {
	e := builtIn(t)
	in := benchInput(t, func(known any) any {
		if s, ok := known.(string); ok && s == "10.0.3.0/24" {
			return "10.0.4.0/30"
		}
		return known
	})
	want, err := e.Eval(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	v, err := e.viewOf(context.Background(), in.Kind)
	if err != nil {
		t.Fatal(err)
	}
	var got Result
	ev := newEvaluation(e, v, in)
	ev.runUnknown(context.Background(), in.value(false), map[ast.Var]*Unknown{}, &got)
	if len(want.Hits) == 0 || !slices.Equal(hitTexts(want), hitTexts(got)) {
		t.Errorf("OPA:         %v\ninterpreter: %v", hitTexts(want), hitTexts(got))
	}
	if len(got.Undecided)+len(got.Failures) > 0 {
		t.Errorf("undecided %v, failures %v", got.Undecided, got.Failures)
	}
}
