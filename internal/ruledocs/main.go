// Command ruledocs writes the documentation of the rules from their METADATA
// and their cases: docs/rules/RULE.md, policies/README.md and the table in
// README.md. Run it with go generate ./policies.
package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	root := "."
	if len(os.Args) > 1 {
		root = os.Args[1]
	}
	if err := run(context.Background(), root); err != nil {
		fmt.Fprintln(os.Stderr, "ruledocs:", err)
		os.Exit(1)
	}
}

// run writes what has changed and removes the pages of rules that are gone.
func run(ctx context.Context, root string) error {
	pages, err := pages(ctx, root)
	if err != nil {
		return err
	}
	old, err := filepath.Glob(filepath.Join(root, "docs", "rules", "*.md"))
	if err != nil {
		return err
	}
	for _, path := range old {
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		if pages[filepath.ToSlash(name)] == nil {
			if err := os.Remove(path); err != nil {
				return err
			}
		}
	}
	for name, text := range pages {
		path := filepath.Join(root, filepath.FromSlash(name))
		if known, err := os.ReadFile(path); err == nil && bytes.Equal(known, text) {
			continue
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, text, 0o644); err != nil {
			return err
		}
	}
	return nil
}
