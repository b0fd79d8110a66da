package engine

import (
	"context"
	"errors"
	"strings"
	"testing"
)

const header = `# METADATA
# title: A rule
# description: What it checks.
# related_resources:
#   - ref: https://example.com
# custom:
#   severity: error
#   targets: [Service, Microsoft.Network/virtualNetworks]
#   remediation: Do better.
#   since: 0.1.0
#   params:
#     limit: 3
package aksnetlint.rules["NAME"]
`

// ruleModule is a built-in rule with the given body.
func ruleModule(id, body string) Module {
	return Module{Path: "service/" + strings.ReplaceAll(id, "-", "_") + ".rego", Text: []byte(strings.Replace(header, "NAME", id, 1) + body)}
}

func mustNew(t testing.TB, opts Options) *Engine {
	t.Helper()
	e, err := New(context.Background(), opts)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func mustPrepare(t testing.TB, v any) *Document {
	t.Helper()
	d, err := Prepare(v)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func mustEval(t testing.TB, e *Engine, resource any) Result {
	t.Helper()
	res, err := e.Eval(context.Background(), Input{Kind: "service", Resource: mustPrepare(t, resource)})
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func TestEval(t *testing.T) {
	e := mustNew(t, Options{
		Params: map[string]map[string]any{"first": {"limit": 2}},
		Modules: []Module{
			{Path: "lib/names.rego", Text: []byte("package aksnetlint.lib.names\n\nshort(s) if count(s) < data.params.first.limit\n")},
			ruleModule("first", `import data.aksnetlint.lib.names
deny contains {"path": ["name", 0], "message": sprintf("%s is short", [input.resource.name]), "evidence": ["1 < 2"], "severity": "note", "fix": [{"op": "replace", "path": "/name", "value": {"a": 1}}]} if names.short(input.resource.name)
`),
			ruleModule("second", `deny contains {"path": [], "message": "b", "resource": "/SUB"} if input.resource.b
deny contains {"path": [], "message": "a"} if input.resource.b
`),
			ruleModule("broken", `deny contains {"path": [], "message": "x"} if to_number(input.resource.name) == 3
`),
			ruleModule("malformed", `deny contains {"path": [true], "message": "x"} if input.resource.b
`),
		},
	})
	res := mustEval(t, e, map[string]any{"name": "n", "b": true})
	want := []Hit{
		{Rule: "first", Severity: Note, Message: "n is short", Path: []any{"name", 0}, Evidence: []string{"1 < 2"}},
		{Rule: "second", Severity: Error, Message: "a", Path: []any{}},
		{Rule: "second", Severity: Error, Message: "b", Path: []any{}, Resource: "/sub"},
	}
	if len(res.Hits) != len(want) {
		t.Fatalf("hits: %+v", res.Hits)
	}
	for i, h := range res.Hits {
		w := want[i]
		if h.Rule != w.Rule || h.Severity != w.Severity || h.Message != w.Message || h.Resource != w.Resource || len(h.Path) != len(w.Path) || len(h.Evidence) != len(w.Evidence) {
			t.Errorf("hit %d: %+v, want %+v", i, h, w)
		}
	}
	if fix := res.Hits[0].Fix; len(fix) != 1 || fix[0].Op != "replace" || fix[0].Path != "/name" {
		t.Errorf("fix: %+v", fix)
	}
	if len(res.Failures) != 2 || res.Failures[0].Rule != "broken" || res.Failures[1].Rule != "malformed" {
		t.Errorf("failures: %+v", res.Failures)
	}
	if place := res.Failures[0].Place; !strings.HasPrefix(place, "service/broken.rego:14:") {
		t.Errorf("place of the failure: %s", place)
	}
	if len(res.Evaluated) != 4 {
		t.Errorf("evaluated: %v", res.Evaluated)
	}
}

func TestLoadErrors(t *testing.T) {
	tests := []struct {
		name    string
		modules []Module
		want    string
	}{
		{"parse", []Module{ruleModule("a", "deny contains if {\n")}, "service/a.rego:"},
		{"no METADATA", []Module{{Path: "a.rego", Text: []byte("package aksnetlint.rules[\"a\"]\n")}}, "has no METADATA"},
		{"file name", []Module{{Path: "x/b.rego", Text: ruleModule("a", "deny contains 1\n").Text}}, "must be named a.rego"},
		{"severity", []Module{{Path: "a.rego", Text: []byte(strings.Replace(string(ruleModule("a", "deny contains 1\n").Text), "severity: error", "severity: fatal", 1))}}, `unknown severity "fatal"`},
		{"target", []Module{{Path: "a.rego", Text: []byte(strings.Replace(string(ruleModule("a", "deny contains 1\n").Text), "[Service,", "[\"a b\",", 1))}}, `unknown target "a b"`},
		{"no deny", []Module{ruleModule("a", "x := 1\n")}, "has no deny"},
		{"deny is no set", []Module{ruleModule("a", "deny := 1\n")}, "must be a set"},
		{"duplicate", []Module{ruleModule("a", "deny contains 1\n"), {Path: "other/a.rego", Text: ruleModule("a", "deny contains 1\n").Text}}, "already defined at service/a.rego:13:1"},
		{"network", []Module{{Path: "a.rego", Custom: true, Text: ruleModule("a", "deny contains http.send({})\n").Text}}, "http.send is not available to rules"},
		{"clock", []Module{{Path: "a.rego", Custom: true, Text: ruleModule("a", "deny contains time.now_ns()\n").Text}}, "time.now_ns is not available to rules"},
		{"print", []Module{ruleModule("a", "deny contains 1 if print(1)\n")}, "print() in a built-in module"},
		{"shadow", []Module{
			{Path: "lib/l.rego", Text: []byte("package aksnetlint.lib.l\n\nx := 1\n")},
			{Path: "c/l.rego", Custom: true, Text: []byte("package aksnetlint.lib.l\n\nx := 2\n")},
		}, "c/l.rego:1:1: package aksnetlint.lib.l is built in (lib/l.rego:1:1)"},
		{"package", []Module{{Path: "c/a.rego", Custom: true, Text: []byte(strings.Replace(string(ruleModule("a", "deny contains 1\n").Text), `aksnetlint.rules["a"]`, "main", 1))}}, "package of a rule must be"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e, err := New(context.Background(), Options{Modules: test.modules})
			if err == nil {
				err = e.Check(context.Background())
			}
			var load *LoadError
			if !errors.As(err, &load) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v, want a LoadError with %q", err, test.want)
			}
		})
	}
}

func TestParamsAreChecked(t *testing.T) {
	for _, params := range []map[string]map[string]any{
		{"none": {"limit": 1}}, {"a": {"limits": 1}}, {"a": {"limit": "three"}},
	} {
		_, err := New(context.Background(), Options{Modules: []Module{ruleModule("a", "deny contains 1\n")}, Params: params})
		if err == nil {
			t.Errorf("params %v are taken", params)
		}
	}
}

func TestRunawayRuleIsBounded(t *testing.T) {
	e := mustNew(t, Options{RuleTime: 1, Modules: []Module{
		ruleModule("runaway", `deny contains {"path": [], "message": "x"} if {
	some a in numbers.range(1, 1000000)
	some b in numbers.range(1, 1000000)
	a + b == 0
}
`),
	}})
	res := mustEval(t, e, map[string]any{})
	if len(res.Failures) != 1 || !strings.Contains(res.Failures[0].Message, "took longer than") {
		t.Errorf("failures: %+v", res.Failures)
	}
}
