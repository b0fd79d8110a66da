package linter

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write the findings into the want sections of testdata/rules")

// TestRuleCases judges each case of testdata/rules on its own. A bad case shows
// what the rule finds, a good one must have no finding of any rule but those
// that its want section lists.
func TestRuleCases(t *testing.T) {
	files, err := filepath.Glob("../testdata/rules/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases found: %v", err)
	}
	for _, file := range files {
		rule := strings.TrimSuffix(filepath.Base(file), ".txtar")
		t.Run(rule, func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			runRuleCases(t, file, rule, archive)
		})
	}
}

func runRuleCases(t *testing.T, file, rule string, archive *txtar.Archive) {
	var want []string
	cases := map[string][]txtar.File{}
	var order []string
	for _, f := range archive.Files {
		if f.Name == "want" {
			want = strings.Split(strings.TrimSpace(string(f.Data)), "\n")
			continue
		}
		parts := strings.SplitN(f.Name, "/", 3)
		if len(parts) < 2 || parts[0] != "bad" && parts[0] != "good" {
			t.Fatalf("%s: file %q is neither below bad/ nor below good/", file, f.Name)
		}
		name := parts[0] + "/" + parts[1]
		if cases[name] == nil {
			order = append(order, name)
		}
		cases[name] = append(cases[name], f)
	}
	var got []string
	bad := 0
	for _, name := range order {
		found := judgeCase(t, name, cases[name])
		for _, f := range found {
			if strings.HasPrefix(name, "good/") || f.Rule == rule {
				got = append(got, findingLine(f))
			}
		}
		if strings.HasPrefix(name, "bad/") {
			bad++
			if !slices.ContainsFunc(found, func(f Finding) bool { return f.Rule == rule }) {
				t.Errorf("%s: bad case without a finding of the rule", name)
			}
		}
	}
	if bad == 0 {
		t.Errorf("%s has no bad case", file)
	}
	if *update {
		writeWant(t, file, archive, got)
		return
	}
	compareLines(t, want, got)
}

// judgeCase writes the files of one case to a folder and judges them there, by
// the retirements of a fixed day.
func judgeCase(t *testing.T, name string, files []txtar.File) []Finding {
	t.Helper()
	dir := t.TempDir()
	for _, f := range files {
		path := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	e, err := loadedEngine()
	if err != nil {
		t.Fatal(err)
	}
	r, err := newRunWith(e, Options{})
	if err != nil {
		t.Fatal(err)
	}
	report, err := r.judge(context.Background(), []string{filepath.Join(dir, filepath.FromSlash(name))})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if err := report.Err(); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	prefix := filepath.ToSlash(dir) + "/"
	for i := range report.Findings {
		report.Findings[i].File = strings.TrimPrefix(report.Findings[i].File, prefix)
	}
	return report.Findings
}

func findingLine(f Finding) string {
	line := fmt.Sprintf("%s:%d:%d: %s: %s", f.File, f.Line, f.Column, f.Severity, f.Rule)
	for _, c := range f.When {
		line += fmt.Sprintf(" when %s in %v", c.Parameter, c.Values)
	}
	return line + ": " + f.Message
}

// compareLines compares line by line; a wanted line may leave out the message.
func compareLines(t *testing.T, want, got []string) {
	t.Helper()
	matches := func(w, g string) bool {
		return g == w || strings.HasPrefix(g, w+": ") || strings.HasPrefix(g, w+" when ")
	}
	if len(want) == 1 && want[0] == "" {
		want = nil
	}
	rest := slices.Clone(got)
	for _, w := range want {
		if i := slices.IndexFunc(rest, func(g string) bool { return matches(w, g) }); i >= 0 {
			rest = slices.Delete(rest, i, i+1)
		} else {
			t.Errorf("missing: %s", w)
		}
	}
	for _, g := range rest {
		t.Errorf("not wanted: %s", g)
	}
}

func writeWant(t *testing.T, file string, archive *txtar.Archive, got []string) {
	t.Helper()
	data := []byte(strings.Join(got, "\n") + "\n")
	for i := range archive.Files {
		if archive.Files[i].Name == "want" {
			archive.Files[i].Data = data
			data = nil
		}
	}
	if data != nil {
		archive.Files = append(archive.Files, txtar.File{Name: "want", Data: data})
	}
	if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
		t.Fatal(err)
	}
}
