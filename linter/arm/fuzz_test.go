package arm

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// FuzzExpand expands anything: it must end, without a crash, with all places inside of
// their files, and a second time with the same resources.
func FuzzExpand(f *testing.F) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			if filepath.Ext(file.Name) == ".json" {
				f.Add(file.Data)
			}
		}
	}
	if dir := os.Getenv("AKSNETLINT_ORACLE"); dir != "" {
		text, err := os.ReadFile(filepath.Join(dir, "templates.jsonl"))
		if err != nil {
			f.Fatal(err)
		}
		for line := range bytes.Lines(text) {
			var row templateRow
			if json.Unmarshal(line, &row) == nil && len(row.Template) > 0 {
				f.Add([]byte(row.Template))
			}
		}
	}
	limits := DefaultLimits()
	limits.Evaluation.Steps, limits.Nested, limits.Resources = 200_000, 30, 500
	f.Fuzz(func(t *testing.T, text []byte) {
		docs, _ := source.Parse(context.Background(), source.NewFile("t.json", text), source.JSON, source.DefaultLimits())
		for _, doc := range docs {
			if doc.Root.Kind != source.Object {
				continue
			}
			opts := Options{Limits: limits, ReadLinked: readOnly(doc)}
			d, err := Expand(context.Background(), doc, opts)
			if err != nil {
				t.Fatal(err)
			}
			for _, diag := range d.Diagnostics {
				inside(t, diag.Origin)
			}
			all := d.Hoist()
			for _, r := range all {
				inside(t, r.Origin)
				places(t, r.Value)
				if r.Value.Kind != value.Object {
					t.Fatalf("%s is no object", r.ID)
				}
			}
			again, err := Expand(context.Background(), doc, opts)
			if err != nil || len(again.Hoist()) != len(all) {
				t.Fatal("the second time is unlike the first", err)
			}
		}
	})
}

func inside(t *testing.T, o *value.Origin) {
	t.Helper()
	for n := 0; o != nil; o = o.From {
		if o.Span.Start < 0 || o.Span.End < o.Span.Start || o.Span.End > len(o.File.Text) {
			t.Fatalf("place %v is outside of %d bytes", o.Span, len(o.File.Text))
		}
		if n++; n > 10_000 {
			t.Fatal("origins run in a circle")
		}
	}
}

func places(t *testing.T, v *value.Value) {
	t.Helper()
	if v == nil {
		t.Fatal("a value is missing")
	}
	if v.Kind == value.Unknown && v.Doubt == nil {
		t.Fatal("an unknown value without a doubt")
	}
	inside(t, v.Origin)
	for _, item := range v.Items {
		places(t, item)
	}
	for _, m := range v.Members {
		places(t, m.Value)
	}
}
