package engine

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
)

// snippet is one small rule with a deny of its own, run as a whole engine.
type snippet struct {
	name   string
	engine *Engine
}

// snippets makes one rule of each deny clause of testdata/snippets, each with
// the rest of its file, so that clauses are judged apart.
func snippets(t testing.TB) []snippet {
	t.Helper()
	lib := readFile(t, "testdata/snippets/lib.rego")
	lib = strings.Replace(lib, "package snippets.lib", "package aksnetlint.lib.snippets", 1)
	var out []snippet
	for _, name := range []string{"comparisons", "collections", "rules"} {
		text := readFile(t, filepath.Join("testdata/snippets", name+".rego"))
		text = strings.TrimPrefix(text, "package snippets\n")
		text = strings.ReplaceAll(text, "data.snippets.lib", "data.aksnetlint.lib.snippets")
		text = strings.ReplaceAll(text, "lib.name(", "snippets.name(")
		text = strings.ReplaceAll(text, "data.params.limit", `data.params["snippet"].limit`)
		var clauses []string
		var rest strings.Builder
		for _, part := range strings.Split(text, "\n\n") {
			if strings.HasPrefix(strings.TrimSpace(part), "deny contains") {
				clauses = append(clauses, part)
			} else {
				rest.WriteString(part + "\n\n")
			}
		}
		for i, clause := range clauses {
			e := mustNew(t, Options{Modules: []Module{
				{Path: "lib/snippets.rego", Text: []byte(lib)},
				ruleModule("snippet", rest.String()+clause+"\n"),
			}})
			first, _, _ := strings.Cut(strings.TrimSpace(clause), "\n")
			out = append(out, snippet{fmt.Sprintf("%s/%d %s", name, i, first), e})
		}
	}
	return out
}

func readFile(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// randomResource makes a small resource of few values, so that comparisons
// come out either way.
func randomResource(r *rand.Rand) map[string]any {
	pick := func(values ...any) any { return values[r.IntN(len(values))] }
	word := func() any { return pick("x", "x", "y", "a", true, 3) }
	out := map[string]any{}
	set := func(key string, v any) {
		if r.IntN(6) > 0 {
			out[key] = v
		}
	}
	set("a", word())
	set("b", word())
	set("n", pick(1, 3, 4, 5))
	set("m", pick(1, 3, 4, 5))
	set("s", pick("x", "xy", "small", "big"))
	set("f", pick(true, false))
	set("key", pick("b", "c"))
	o := map[string]any{}
	for _, key := range []string{"b", "c"} {
		if r.IntN(2) == 0 {
			o[key] = pick("x", "y", map[string]any{"d": "x"})
		}
	}
	set("o", o)
	list := []any{}
	for range r.IntN(3) {
		list = append(list, pick("x", "y", "a"))
	}
	set("list", list)
	pools := []any{}
	for i := range r.IntN(3) {
		p := map[string]any{"name": pick("a", "c"), "count": pick(1, 4, 5)}
		if i > 0 {
			p["name"] = "b"
		}
		if r.IntN(6) == 0 {
			delete(p, "name")
		}
		pools = append(pools, p)
	}
	set("pools", pools)
	return out
}

// copyJSON copies a value deeply.
func copyJSON(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, x := range v {
			out[k] = copyJSON(x)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = copyJSON(x)
		}
		return out
	}
	return v
}

// paths lists where values stand in a document, below its top.
func paths(v any, at []any) [][]any {
	var out [][]any
	if len(at) > 0 {
		out = append(out, slices.Clone(at))
	}
	switch v := v.(type) {
	case map[string]any:
		keys := make([]string, 0, len(v))
		for k := range v {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		for _, k := range keys {
			out = append(out, paths(v[k], append(at[:len(at):len(at)], k))...)
		}
	case []any:
		for i, x := range v {
			out = append(out, paths(x, append(at[:len(at):len(at)], i))...)
		}
	}
	return out
}

type absent struct{}

// replaceAt returns a copy with another value at the path; absent{} removes a
// member of an object and is null in a list, as in a template.
func replaceAt(doc any, path []any, v any) any {
	doc = copyJSON(doc)
	at := doc
	for i, step := range path {
		last := i == len(path)-1
		switch c := at.(type) {
		case map[string]any:
			if _, gone := v.(absent); last && gone {
				delete(c, step.(string))
			} else if last {
				c[step.(string)] = v
			}
			at = c[step.(string)]
		case []any:
			if _, gone := v.(absent); last && gone {
				c[step.(int)] = nil
			} else if last {
				c[step.(int)] = v
			}
			at = c[step.(int)]
		}
	}
	return doc
}

func hitTexts(res Result) []string {
	out := []string{}
	for _, h := range res.Hits {
		out = append(out, fmt.Sprintf("%s %s %v %v", h.Rule, h.Severity, h.Path, h.Message))
	}
	slices.Sort(out)
	return out
}

func show(v any) string {
	text, _ := json.Marshal(v)
	return string(text)
}

// interpreted judges a known input by the interpreter of unknown values.
func interpreted(t testing.TB, e *Engine, resource any) Result {
	t.Helper()
	v, err := e.viewOf(context.Background(), "service")
	if err != nil {
		t.Fatal(err)
	}
	in := Input{Resource: mustPrepare(t, resource)}
	var res Result
	ev := newEvaluation(e, v, in)
	ev.runUnknown(context.Background(), in.value(false), map[ast.Var]*Unknown{}, &res)
	return res
}

// The interpreter agrees with OPA where everything is known.
func TestInterpreterAgreesWithOPA(t *testing.T) {
	for _, s := range snippets(t) {
		t.Run(s.name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(1, 2))
			fired := 0
			for range 150 {
				resource := randomResource(r)
				want, got := mustEval(t, s.engine, resource), interpreted(t, s.engine, resource)
				fired += len(want.Hits)
				if len(got.Undecided) > 0 {
					t.Fatalf("undecided on %s", show(resource))
				}
				if !slices.Equal(hitTexts(want), hitTexts(got)) || len(want.Failures) != len(got.Failures) {
					t.Fatalf("on %s\nOPA:         %v %v\ninterpreter: %v %v", show(resource), hitTexts(want), want.Failures, hitTexts(got), got.Failures)
				}
			}
			if fired == 0 {
				t.Error("the snippet never fires")
			}
		})
	}
}

// A value that becomes unknown adds no violation; one that goes becomes
// undecided; and what is decided is so for whatever the value may be.
func TestUnknownNeverDecides(t *testing.T) {
	candidates := []any{absent{}, "x", "y", "a", "b", "", true, false, 1, 3, 4, 5, 100, []any{}, []any{"x"}, map[string]any{}, map[string]any{"b": "x"}, map[string]any{"name": "a", "count": 4}, []any{map[string]any{"name": "a", "count": 4}}}
	for _, s := range snippets(t) {
		t.Run(s.name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(3, 4))
			undecided, decided := 0, 0
			for range 60 {
				resource := randomResource(r)
				all := paths(resource, nil)
				if len(all) == 0 {
					continue
				}
				path := all[r.IntN(len(all))]
				got := mustEval(t, s.engine, replaceAt(resource, path, &Unknown{Source: path}))
				if len(got.Undecided) > 0 {
					undecided++
					if len(got.Undecided[0].Unknowns) != 1 {
						t.Fatalf("undecided because of %d values, want 1", len(got.Undecided[0].Unknowns))
					}
				} else {
					decided++
				}
				for _, c := range append([]any{valueAt(resource, path)}, candidates...) {
					checkInstance(t, s.engine, resource, path, c, got)
				}
			}
			if undecided == 0 || decided == 0 {
				t.Errorf("%d undecided, %d decided: want some of both", undecided, decided)
			}
		})
	}
}

func valueAt(doc any, path []any) any {
	for _, step := range path {
		switch c := doc.(type) {
		case map[string]any:
			doc = c[step.(string)]
		case []any:
			doc = c[step.(int)]
		}
	}
	return doc
}

func checkInstance(t *testing.T, e *Engine, resource any, path []any, value any, got Result) {
	t.Helper()
	instance := mustEval(t, e, replaceAt(resource, path, value))
	if len(instance.Failures) > 0 {
		return
	}
	want := hitTexts(instance)
	for _, h := range hitTexts(got) {
		if !slices.Contains(want, h) {
			t.Fatalf("%s with unknown %v has the hit %s, which %s has not", show(resource), path, h, show(value))
		}
	}
	if len(got.Undecided) == 0 && len(got.Failures) == 0 && !slices.Equal(want, hitTexts(got)) {
		t.Fatalf("%s with unknown %v is decided as %v, but %s gives %v", show(resource), path, hitTexts(got), show(value), want)
	}
}
