package engine

import (
	"context"
	"fmt"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
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
		got, ok := v.forShape(ctx, e, service(i+10))
		if n := len(got.asked.indices()); !ok || n > want {
			t.Errorf("resource %d is judged by %d rules, want at most %d", i, n, want)
		}
	}
	res, err := e.Eval(ctx, service(3))
	if err != nil || len(res.Hits) != 1 || len(res.Evaluated) != 3 {
		t.Errorf("got %+v, %v, want the hit of by-name and three rules evaluated", res, err)
	}
}

// TestFixedRule composes what a rule finds of texts that the shape masks, long
// after the study of it.
func TestFixedRule(t *testing.T) {
	e := mustNew(t, Options{Modules: []Module{
		ruleModule("by-name", `deny contains {"path": [], "message": concat(" ", ["named", input.resource.name])} if input.resource.typed`),
	}})
	ctx := context.Background()
	service := func(i int) Input {
		return Input{Kind: "Service", Resource: mustPrepare(t, map[string]any{"typed": true, "name": fmt.Sprintf("a name longer than what is shown of one %d", i)})}
	}
	v, err := e.viewOf(ctx, "Service")
	if err != nil {
		t.Fatal(err)
	}
	for i := range 4 {
		v.forShape(ctx, e, service(i))
	}
	in := service(7)
	got, ok := v.forShape(ctx, e, in)
	if !ok || !got.asked.isEmpty() || len(got.fixed) != 1 {
		t.Fatalf("got %+v, want one rule that is not asked", got)
	}
	known := func(name ast.Var) ast.Value { return partAt(in.Resource.value, got.fixed[0].hidden[name]) }
	hit, err := got.fixed[0].hits[0](known)
	if err != nil {
		t.Fatal(err)
	}
	if want := ast.String("named a name longer than what is shown of one 7"); hit.(ast.Object).Get(ast.StringTerm("message")).Value != want {
		t.Errorf("got %v, want %v", hit, want)
	}
}
