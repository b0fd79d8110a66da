package linter

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// misfit is a value by which each scalar of an input is replaced in turn: verbs of
// sprintf for whole numbers and for texts cannot write it.
const misfit = 8.5

// TestMessagesFormat judges the resources of each bad case as they are and with each of
// their scalars replaced by a fraction. No message and no evidence may show that
// a verb of sprintf did not fit what it was given.
func TestMessagesFormat(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../testdata/rules/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases found: %v", err)
	}
	shown := 0
	for _, file := range files {
		rule := strings.TrimSuffix(filepath.Base(file), ".txtar")
		for _, c := range badCases(t, file) {
			r, judgements := judgementsOf(t, c)
			for _, j := range judgements {
				j.only = []string{rule}
				shown += checkFormat(t, r, j)
				original := j.resource
				eachLeaf(original, nil, func(leaf []any) {
					if isScalar(at(original, leaf)) {
						j.resource = withValue(original, leaf, misfit)
						shown += checkFormat(t, r, j)
					}
				})
			}
		}
	}
	if shown == 0 {
		t.Error("no message shows the fraction: nothing was tried")
	}
}

// badCases writes the bad cases of a file to a folder and names each.
func badCases(t *testing.T, file string) []string {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, f := range archive.Files {
		path := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	cases, err := filepath.Glob(filepath.Join(dir, "bad", "*"))
	if err != nil {
		t.Fatal(err)
	}
	return cases
}

// checkFormat judges once and returns how many texts show the misfit. That rules
// fail is no matter here: the reader lets no such value through to most of them.
func checkFormat(t *testing.T, r *run, j judgement) (shown int) {
	t.Helper()
	for _, h := range judged(t, r, j).Hits {
		for _, text := range append([]string{h.Message}, h.Evidence...) {
			if strings.Contains(text, "%!") {
				t.Errorf("%s: %s", h.Rule, text)
			}
			if strings.Contains(text, fmt.Sprint(misfit)) {
				shown++
			}
		}
	}
	return shown
}

func isScalar(v any) bool {
	switch v.(type) {
	case map[string]any, []any:
		return false
	}
	return true
}

// at is the value at a path.
func at(v any, path []any) any {
	for _, step := range path {
		switch step := step.(type) {
		case string:
			v = asObject(v)[step]
		case int:
			v = v.([]any)[step]
		}
	}
	return v
}

// withValue is a copy of v with another value at the path.
func withValue(v any, path []any, value any) any {
	if len(path) == 0 {
		return value
	}
	switch v := v.(type) {
	case map[string]any:
		c := maps.Clone(v)
		c[path[0].(string)] = withValue(v[path[0].(string)], path[1:], value)
		return c
	case []any:
		c := slices.Clone(v)
		c[path[0].(int)] = withValue(v[path[0].(int)], path[1:], value)
		return c
	}
	return v
}
