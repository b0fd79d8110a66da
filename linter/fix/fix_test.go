package fix

import (
	"bytes"
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/aksnetlint/aksnetlint/linter"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

var options = linter.Options{Settings: map[string]any{"as_of": "2026-11-01"}}

// TestRuleCases fixes every case of testdata/rules. Where all findings of the
// rule have a fix none of them is left; fixing again changes nothing; each
// change gives a text that parses and keeps the comments.
func TestRuleCases(t *testing.T) {
	archives, err := filepath.Glob("../../testdata/rules/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	f := newFixer(t)
	rules := 0
	for _, name := range archives {
		rule := strings.TrimSuffix(filepath.Base(name), ".txtar")
		t.Run(rule, func(t *testing.T) {
			if f.cases(t, name, rule) > 0 {
				rules++
			}
		})
	}
	if rules < 10 {
		t.Errorf("only %d rules have a case that was fixed", rules)
	}
}

// fixer fixes with rules that are loaded once for all cases.
type fixer struct {
	linter *linter.Linter
	texts  map[string][]byte
}

func newFixer(t *testing.T) *fixer {
	t.Helper()
	f := &fixer{texts: map[string][]byte{}}
	opts := options
	opts.Fixes, opts.Overlay = true, f.texts
	var err error
	if f.linter, err = linter.New(context.Background(), opts); err != nil {
		t.Fatal(err)
	}
	return f
}

func (f *fixer) run(t *testing.T, dir string) *Result {
	t.Helper()
	clear(f.texts)
	result, err := rounds(context.Background(), f.linter, f.texts, []string{dir})
	if err != nil {
		t.Fatalf("%s: %v", dir, err)
	}
	return result
}

func (f *fixer) cases(t *testing.T, name, rule string) int {
	t.Helper()
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	cases := map[string]bool{}
	for _, file := range archive.Files {
		parts := strings.SplitN(file.Name, "/", 3)
		if len(parts) < 2 {
			continue
		}
		cases[parts[0]+"/"+parts[1]] = true
		write(t, filepath.Join(dir, filepath.FromSlash(file.Name)), file.Data)
	}
	total := 0
	for _, c := range slices.Sorted(maps.Keys(cases)) {
		total += f.one(t, filepath.Join(dir, filepath.FromSlash(c)), c, rule)
	}
	return total
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

func (f *fixer) one(t *testing.T, dir, name, rule string) int {
	t.Helper()
	result := f.run(t, dir)
	if result.Fixed == 0 {
		return 0
	}
	mended := map[string]bool{}
	whole := true
	for _, found := range result.Before.Findings {
		if found.Rule == rule {
			mended[found.Message] = len(found.Fixes) > 0
			whole = whole && len(found.Fixes) > 0
		}
	}
	for _, left := range result.After.Findings {
		if left.Rule == rule && (whole || mended[left.Message]) {
			t.Errorf("%s: left after fixing: %s", name, left.Message)
		}
		if left.Rule == "parse-error" {
			t.Errorf("%s: %s", name, left.Message)
		}
	}
	for _, c := range result.Changes {
		checkComments(t, c)
		if err := c.Write(); err != nil {
			t.Fatal(err)
		}
	}
	again := f.run(t, dir)
	if again.Fixed != 0 || len(again.Changes) != 0 {
		t.Errorf("%s: fixing again changes %d files", name, len(again.Changes))
	}
	return result.Fixed
}

// checkComments holds that comments on lines of their own stay.
func checkComments(t *testing.T, c Change) {
	t.Helper()
	file := source.NewFile(c.File, c.Before)
	docs, _ := source.Parse(context.Background(), file, source.DetectFormat(file), source.DefaultLimits())
	for _, doc := range docs {
		for _, comment := range doc.Comments {
			text := c.Before[comment.Span.Start:comment.Span.End]
			if comment.OwnLine && !bytes.Contains(c.After, text) {
				t.Errorf("%s: the comment %q is lost", c.File, text)
			}
		}
	}
}

// TestRunKeepsStdin holds that standard input is fixed in memory.
func TestRunKeepsStdin(t *testing.T) {
	opts := options
	opts.Stdin = strings.NewReader("apiVersion: v1\nkind: Service\nmetadata:\n  name: shop\n  annotations:\n    service.beta.kubernetes.io/azure-load-balancer-internal: true\nspec:\n  type: LoadBalancer\n  ports:\n    - port: 80\n")
	result, err := Run(context.Background(), opts, "-")
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Changes) != 1 || !strings.Contains(string(result.Changes[0].After), `internal: "true"`) {
		t.Fatalf("changes: %q", result.Changes)
	}
	var out strings.Builder
	if err := Diff(&out, result.Changes); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "\n-    service.beta.kubernetes.io/azure-load-balancer-internal: true\n+") {
		t.Errorf("diff:\n%s", out.String())
	}
}

// TestWriteRefusesAChangedFile holds that nobody's edit is lost.
func TestWriteRefusesAChangedFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.yaml")
	write(t, path, []byte("b"))
	if err := (Change{File: path, Before: []byte("a"), After: []byte("c")}).Write(); err == nil {
		t.Error("a file that changed was written over")
	}
	if text, _ := os.ReadFile(path); string(text) != "b" {
		t.Errorf("file is %q", text)
	}
}
