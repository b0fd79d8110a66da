package linter

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/aksnetlint/aksnetlint/linter/engine"
	"github.com/aksnetlint/aksnetlint/policies"
)

// The packed rules say the same as their text, of every case and of the demo.
func TestPackedRulesAgree(t *testing.T) {
	cases, err := filepath.Glob("../testdata/rules/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	linters := make([]*Linter, 2)
	for i, packed := range []*engine.Pack{nil, packFrom(context.Background(), builtinModules(), engine.PackKey(policies.Sum()), t.TempDir())} {
		if i == 1 && packed == nil {
			t.Fatal("there is no pack")
		}
		e, err := engine.New(context.Background(), engine.Options{
			Modules: builtinModules(), Pack: packed, Settings: map[string]any{"as_of": "2026-01-01"}, Schemas: policies.Schemas(),
		})
		if err != nil {
			t.Fatal(err)
		}
		linters[i] = &Linter{Options{}, e}
	}
	agree := func(dir string) {
		t.Helper()
		var reports [2]string
		for i, l := range linters {
			report, err := l.Run(context.Background(), dir)
			if err != nil {
				t.Fatal(err)
			}
			text, err := json.Marshal(report)
			if err != nil {
				t.Fatal(err)
			}
			reports[i] = string(text)
		}
		if reports[0] != reports[1] {
			t.Errorf("%s:\ntext %s\npack %s", dir, reports[0], reports[1])
		}
	}
	agree("../testdata/demo")
	for _, name := range cases {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		for _, f := range archive.Files {
			file := filepath.Join(dir, filepath.FromSlash(f.Name))
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, f.Data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		agree(dir)
	}
}
