package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestFresh holds that the pages are those that go generate writes.
func TestFresh(t *testing.T) {
	for _, page := range pages {
		want, err := page.text()
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join("..", "..", "docs", page.name))
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != string(want) {
			t.Errorf("docs/%s is stale: run go generate ./linter/config", page.name)
		}
	}
}
