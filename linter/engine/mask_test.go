package engine

import (
	"context"
	"fmt"
	"testing"
)

// TestStudiedShape holds the rules that are asked of a studied shape to those
// that look at what the shape hides.
func TestStudiedShape(t *testing.T) {
	e := mustNew(t, Options{Modules: []Module{
		ruleModule("by-type", `deny contains {"path": [], "message": "typed"} if input.resource.typed`),
		ruleModule("by-name", `deny contains {"path": [], "message": "named"} if input.resource.name == "x-3"`),
		ruleModule("by-absence", `deny contains {"path": [], "message": "bare"} if not input.resource.owner`),
	}})
	ctx := context.Background()
	service := func(i int) Input {
		return Input{Kind: "Service", Resource: mustPrepare(t, map[string]any{"typed": false, "name": fmt.Sprintf("x-%d", i), "owner": "me"})}
	}
	v, err := e.viewOf(ctx, "Service")
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []int{3, 3, 1, 1} {
		if got := v.forShape(ctx, e, service(i+10)); len(got.rest.rules) > want {
			t.Errorf("resource %d is judged by %d rules, want at most %d", i, len(got.rest.rules), want)
		}
	}
	res, err := e.Eval(ctx, service(3))
	if err != nil || len(res.Hits) != 1 || len(res.Evaluated) != 3 {
		t.Errorf("got %+v, %v, want the hit of by-name and three rules evaluated", res, err)
	}
}
