package main

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"strings"
)

// The generated part of the page stands between these lines.
const (
	markBegin = "<!-- bench: begin -->\n"
	markEnd   = "<!-- bench: end -->\n"
)

// updateMarkdown puts the text between the markers of the file.
func updateMarkdown(path, text string) error {
	page, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("writing the tables: %w", err)
	}
	page, err = replaceMarked(page, text)
	if err != nil {
		return fmt.Errorf("writing the tables to %s: %w", path, err)
	}
	if err := os.WriteFile(path, page, 0o644); err != nil {
		return fmt.Errorf("writing the tables: %w", err)
	}
	return nil
}

func replaceMarked(page []byte, text string) ([]byte, error) {
	before, rest, ok := bytes.Cut(page, []byte(markBegin))
	_, after, ok2 := bytes.Cut(rest, []byte(markEnd))
	if !ok || !ok2 {
		return nil, fmt.Errorf("no %q with %q below it", strings.TrimSpace(markBegin), strings.TrimSpace(markEnd))
	}
	return fmt.Appendf(nil, "%s%s\n%s\n\n%s%s", before, markBegin, strings.TrimSpace(text), markEnd, after), nil
}

// markdownTables is both tables and the notes for a page.
func markdownTables(results []result) string {
	var b strings.Builder
	for _, table := range tables(results) {
		for i, row := range table {
			b.WriteString("| " + strings.Join(row, " | ") + " |\n")
			if i == 0 {
				b.WriteString("|---|" + strings.Repeat("---:|", len(row)-1) + "\n")
			}
		}
		b.WriteByte('\n')
	}
	b.WriteString(notes(results))
	return b.String()
}

// describeMachine says in one line what the figures come from.
func describeMachine() string {
	model := "processor unknown"
	// Only Linux has the file; elsewhere the line says less.
	if text, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(text)) {
			if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
				model = strings.TrimSpace(value)
				break
			}
		}
	}
	return fmt.Sprintf("%s, %d cores, %s/%s, %s; conftest %s.", model, runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version(), conftestVersion)
}
