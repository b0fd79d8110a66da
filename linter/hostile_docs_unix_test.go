//go:build unix

package linter_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRobustnessPage holds that docs/robustness.md lists each class of hostile
// input with what the tests want of it; UPDATE_DOCS=1 writes the tables anew.
func TestRobustnessPage(t *testing.T) {
	path := filepath.Join("..", "docs", "robustness.md")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const begin, end = "<!-- begin classes -->\n", "<!-- end classes -->\n"
	head, rest, ok := bytes.Cut(text, []byte(begin))
	tables, tail, ended := bytes.Cut(rest, []byte(end))
	if !ok || !ended {
		t.Fatal("the marks around the tables are gone")
	}
	want := hostileTables()
	if string(tables) == want {
		return
	}
	if os.Getenv("UPDATE_DOCS") == "" {
		t.Fatal("the tables are not those of the tests: run UPDATE_DOCS=1 go test ./linter -run TestRobustnessPage")
	}
	if err := os.WriteFile(path, []byte(string(head)+begin+want+end+string(tail)), 0o644); err != nil {
		t.Fatal(err)
	}
}

// hostileTables are the classes of the tests with their outcomes, in Markdown.
func hostileTables() string {
	var b strings.Builder
	table := func(title string) {
		fmt.Fprintf(&b, "\n### %s\n\n| class | what is said |\n|---|---|\n", title)
	}
	row := func(class, want string) {
		if want == "" {
			want = "nothing: it is harmless"
		} else {
			want = "`" + strings.ReplaceAll(want, "|", `\|`) + "`"
		}
		fmt.Fprintf(&b, "| %s | %s |\n", class, want)
	}
	table("Texts")
	for _, c := range hostileTexts() {
		row(c.name, c.want)
	}
	table("Templates")
	for _, c := range hostileTemplates() {
		row(c.name, c.want)
	}
	table("Files")
	for _, c := range hostileFiles() {
		row(c.name, c.want)
	}
	table("Rules of your own")
	for _, c := range hostileRules() {
		row(c.name, c.want)
	}
	table("The configuration")
	for _, c := range hostileConfigs() {
		row(c.name, c.want)
	}
	b.WriteString("\n")
	return b.String()
}
