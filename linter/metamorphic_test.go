package linter

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/aksnetlint/aksnetlint/linter/engine"
)

// TestUnknownNeverDecides replaces each value that a rule can read by one that
// is not known, one at a time, in all cases of testdata/rules and, where
// AKSNETLINT_CORPUS is set, in the templates of the corpus. No violation may
// appear, and each one that goes must become undecided.
func TestUnknownNeverDecides(t *testing.T) {
	files, err := filepath.Glob("../testdata/rules/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases found: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			rule := strings.TrimSuffix(filepath.Base(file), ".txtar")
			for _, c := range badCases(t, file) {
				doubtEverything(t, c, rule)
			}
		})
	}
}

func TestUnknownNeverDecidesCorpus(t *testing.T) {
	corpus := os.Getenv("AKSNETLINT_CORPUS")
	if corpus == "" {
		t.Skip("AKSNETLINT_CORPUS is not set")
	}
	for _, folder := range []string{"arm/vplauzon-aks", "arm/quickstarts-2021", "arm/psrule-2021"} {
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			doubtEverything(t, filepath.Join(corpus, filepath.FromSlash(folder)))
		})
	}
}

// loadedEngine compiles the rules once for all cases.
var loadedEngine = sync.OnceValues(func() (*engine.Engine, error) {
	return newEngine(context.Background(), Options{Settings: map[string]any{"as_of": "2026-11-01"}})
})

// judgement is one evaluation: what is judged, and what stands around it.
type judgement struct {
	kind                            string
	resource, deployment, workspace any
	only                            []string
}

// doubtEverything checks the property for every resource below a path.
func doubtEverything(t *testing.T, path string, only ...string) {
	t.Helper()
	r, judgements := judgementsOf(t, path)
	for _, j := range judgements {
		j.only = only
		before := evaluate(t, r, j)
		if len(before.Hits) == 0 {
			continue
		}
		for _, root := range []*any{&j.resource, &j.deployment} {
			original := *root
			eachSampled(original, len(only) > 0, func(leaf []any) {
				*root = replaced(original, leaf)
				compareDoubted(t, path, leaf, before, evaluate(t, r, j))
			})
			*root = original
		}
	}
}

// maxSampled is how many values of one resource are doubted where the whole
// catalogue judges it.
const maxSampled = 40

// eachSampled calls do for each value, or for an even sample of them.
func eachSampled(v any, all bool, do func([]any)) {
	var leaves [][]any
	eachLeaf(v, nil, func(leaf []any) { leaves = append(leaves, leaf) })
	stride := 1
	if !all {
		stride = 1 + len(leaves)/maxSampled
	}
	for i := 0; i < len(leaves); i += stride {
		do(leaves[i])
	}
}

func compareDoubted(t *testing.T, path string, leaf []any, before, after engine.Result) {
	t.Helper()
	undecided := map[string]bool{}
	for _, u := range after.Undecided {
		undecided[u.Rule] = true
	}
	known := map[string]bool{}
	for _, h := range before.Hits {
		known[hitKey(h)] = true
	}
	for _, h := range after.Hits {
		if !known[hitKey(h)] {
			t.Errorf("%s: with %v unknown a violation appears: %s", filepath.Base(path), leaf, hitKey(h))
		}
		delete(known, hitKey(h))
	}
	for _, h := range before.Hits {
		if known[hitKey(h)] && !undecided[h.Rule] {
			t.Errorf("%s: with %v unknown this violation goes and is not undecided: %s", filepath.Base(path), leaf, hitKey(h))
		}
	}
}

func hitKey(h engine.Hit) string { return fmt.Sprintf("%s %v %s", h.Rule, h.Path, h.Message) }

func judgementsOf(t *testing.T, path string) (*run, []judgement) {
	t.Helper()
	ctx := context.Background()
	opts := Options{Settings: map[string]any{"as_of": "2026-11-01"}}
	e, err := loadedEngine()
	if err != nil {
		t.Fatal(err)
	}
	r, err := newRunWith(e, opts)
	if err != nil {
		t.Fatal(err)
	}
	inputs, _, err := discover(ctx, []string{path})
	if err != nil {
		t.Fatal(err)
	}
	documents, err := r.read(ctx, inputs)
	if err != nil {
		t.Fatal(err)
	}
	deployments, err := r.expand(ctx, documents)
	if err != nil {
		t.Fatal(err)
	}
	ws, err := newWorkspace(ctx, r, documents, deployments)
	if err != nil {
		t.Fatal(err)
	}
	var list []judgement
	for _, d := range deployments {
		set := newResourceSet(d.base.deployment, ws.facts)
		deployment := set.plainDeployment(r)
		for _, res := range set.judged {
			if r.targeted(res.Type) {
				list = append(list, judgement{res.Type, set.plainResource(r, res), deployment, nil, nil})
			}
		}
	}
	for _, o := range ws.manifests {
		if r.targeted(o.kind) {
			list = append(list, judgement{o.kind, r.plainObject(o), nil, nil, nil})
		}
	}
	return r, list
}

// evaluate judges, and no rule may fail.
func evaluate(t *testing.T, r *run, j judgement) engine.Result {
	t.Helper()
	result := judged(t, r, j)
	for _, f := range result.Failures {
		t.Errorf("rule %s failed: %s", f.Rule, f.Message)
	}
	return result
}

func judged(t *testing.T, r *run, j judgement) engine.Result {
	t.Helper()
	input := engine.Input{Kind: j.kind, Only: j.only}
	for part, v := range map[**engine.Document]any{&input.Resource: j.resource, &input.Deployment: j.deployment, &input.Workspace: j.workspace} {
		if v == nil {
			continue
		}
		doc, err := engine.Prepare(v)
		if err != nil {
			t.Fatal(err)
		}
		*part = doc
	}
	result, err := r.engine.Eval(context.Background(), input)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// eachLeaf calls do with the path of every scalar and every container below
// the root, in a fixed order. Keys that the linter itself fills in are left out.
func eachLeaf(v any, path []any, do func([]any)) {
	if len(path) > 0 {
		do(slices.Clone(path))
	}
	switch v := v.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if name == "id" || name == "type" || name == "kind" || name == "apiVersion" || len(path) == 0 && (name == "by_type" || name == "context") {
				continue
			}
			eachLeaf(v[name], append(path, name), do)
		}
	case []any:
		for i := range v {
			eachLeaf(v[i], append(path, i), do)
		}
	}
}

// replaced is a copy of v with an unknown at the path.
func replaced(v any, path []any) any {
	if len(path) == 0 {
		return &engine.Unknown{Source: "test"}
	}
	switch v := v.(type) {
	case map[string]any:
		c := maps.Clone(v)
		name := path[0].(string)
		c[name] = replaced(v[name], path[1:])
		return c
	case []any:
		c := slices.Clone(v)
		i := path[0].(int)
		c[i] = replaced(v[i], path[1:])
		return c
	}
	return v
}
