// Command docs writes the pages of docs/ that are made from the program:
// docs FOLDER.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/aksnetlint/aksnetlint/linter/config"
)

// pages are the generated pages by file name.
var pages = []struct {
	name string
	text func() ([]byte, error)
}{
	{"configuration.md", config.Reference},
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: docs FOLDER")
		os.Exit(2)
	}
	if err := write(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "docs:", err)
		os.Exit(1)
	}
}

func write(dir string) error {
	for _, page := range pages {
		text, err := page.text()
		if err != nil {
			return fmt.Errorf("writing %s: %w", page.name, err)
		}
		if err := os.WriteFile(filepath.Join(dir, page.name), text, 0o644); err != nil {
			return err
		}
	}
	return nil
}
