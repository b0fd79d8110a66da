package fix

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/aksnetlint/aksnetlint/linter"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// FuzzFix fixes whole files of any content: what comes of it parses, holds as many
// documents, and those that no edit lies in are as they were; so is the text
// between the edits.
func FuzzFix(f *testing.F) {
	archives, err := filepath.Glob("../../testdata/rules/*.txtar")
	if err != nil || len(archives) == 0 {
		f.Fatalf("no seeds: %v", err)
	}
	for _, name := range archives {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		// One file of each rule: a short run is not to spend its time on seeds.
		for _, file := range archive.Files {
			if ext := filepath.Ext(file.Name); ext == ".yaml" || ext == ".json" {
				f.Add(file.Data, ext == ".json")
				break
			}
		}
	}
	texts := map[string][]byte{}
	opts := options
	opts.Fixes, opts.Overlay = true, texts
	l, err := linter.New(context.Background(), opts)
	if err != nil {
		f.Fatal(err)
	}
	dir := f.TempDir()
	for _, name := range []string{"a.yaml", "a.json"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o644); err != nil {
			f.Fatal(err)
		}
	}
	f.Fuzz(func(t *testing.T, text []byte, isJSON bool) {
		if len(text) > 8192 {
			return
		}
		path := filepath.ToSlash(filepath.Join(dir, map[bool]string{false: "a.yaml", true: "a.json"}[isJSON]))
		clear(texts)
		texts[path] = text
		report, err := l.Run(context.Background(), path)
		if err != nil {
			t.Fatal(err)
		}
		fixed, n := Apply(report)
		if n == 0 {
			return
		}
		checkFixed(t, path, text, fixed[path], editsOf(report, path))
	})
}

// editsOf are the edits of a file, one of each, in order.
func editsOf(report *linter.Report, path string) []linter.Edit {
	var edits []linter.Edit
	for _, finding := range report.Findings {
		for _, e := range finding.Fixes {
			if e.File == path && !slices.Contains(edits, e) {
				edits = append(edits, e)
			}
		}
	}
	return edits
}

func checkFixed(t *testing.T, path string, before, after []byte, edits []linter.Edit) {
	t.Helper()
	format := map[string]source.Format{".json": source.JSON, ".yaml": source.YAML}[filepath.Ext(path)]
	parse := func(text []byte) ([]*source.Document, []source.Problem) {
		return source.Parse(context.Background(), source.NewFile(path, text), format, source.DefaultLimits())
	}
	old, oldProblems := parse(before)
	docs, problems := parse(after)
	if len(problems) > len(oldProblems) || len(docs) != len(old) {
		t.Fatalf("%d documents, want %d; %v\nbefore:\n%s\nafter:\n%s", len(docs), len(old), problems, before, after)
	}
	for i, doc := range old {
		touched := slices.ContainsFunc(edits, func(e linter.Edit) bool { return e.Start <= doc.Span.End && doc.Span.Start <= e.End })
		if !touched && !reflect.DeepEqual(doc.Root.Any(), docs[i].Root.Any()) {
			t.Errorf("document %d changed without an edit\nbefore:\n%s\nafter:\n%s", i, before, after)
		}
	}
	if len(edits) == 0 {
		return
	}
	first := slices.MinFunc(edits, func(a, b linter.Edit) int { return a.Start - b.Start }).Start
	last := slices.MaxFunc(edits, func(a, b linter.Edit) int { return a.End - b.End }).End
	if !bytes.HasPrefix(after, before[:first]) || !bytes.HasSuffix(after, before[last:]) {
		t.Errorf("text before or behind the edits changed\nbefore:\n%s\nafter:\n%s", before, after)
	}
}
