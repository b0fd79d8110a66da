package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
)

// TestFresh keeps the generated pages in step with METADATA and cases.
func TestFresh(t *testing.T) {
	root := filepath.Join("..", "..")
	want, err := pages(context.Background(), root)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range want {
		got, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
		if err != nil || !bytes.Equal(got, text) {
			t.Errorf("%s is stale: run go generate ./policies", name)
		}
	}
	files, err := filepath.Glob(filepath.Join(root, "docs", "rules", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if want["docs/rules/"+filepath.Base(file)] == nil {
			t.Errorf("%s belongs to no rule: run go generate ./policies", file)
		}
	}
}
