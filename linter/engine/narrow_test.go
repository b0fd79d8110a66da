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
	for i := range 3 * studyAfter {
		in := Input{Kind: "Service", Resource: mustPrepare(t, map[string]any{"typed": false, "name": fmt.Sprintf("y-%d", i), "owner": true})}
		v, err := e.viewOf(ctx, in.Kind)
		if err != nil {
			t.Fatal(err)
		}
		want := 3
		if i >= 2*studyAfter {
			want = 1
		}
		if got := v.forShape(ctx, e, in); len(got.rules) != want && (i < studyAfter || i >= 2*studyAfter) {
			t.Errorf("resource %d is judged by %d rules, want %d", i, len(got.rules), want)
		}
	}
	in := Input{Kind: "Service", Resource: mustPrepare(t, map[string]any{"typed": false, "name": "x-3", "owner": true})}
	res, err := e.Eval(ctx, in)
	if err != nil || len(res.Hits) != 1 || len(res.Evaluated) != 3 {
		t.Errorf("got %+v, %v, want the hit of by-name and three rules evaluated", res, err)
	}
}
