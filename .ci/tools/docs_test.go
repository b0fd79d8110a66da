package tools

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// section is the text of a section of docs/ci.md, up to the next heading.
func section(t *testing.T, heading string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(projectRoot(t), "docs", "ci.md"))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	in, fenced := false, false
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "```") {
			fenced = !fenced
		}
		if !fenced && strings.HasPrefix(line, "#") {
			in = strings.TrimSpace(strings.TrimLeft(line, "#")) == heading
			continue
		}
		if in {
			b.WriteString(line)
		}
	}
	if b.Len() == 0 {
		t.Fatalf("docs/ci.md has no section %q", heading)
	}
	return b.String()
}

// blocks are the fenced blocks of a section in a language.
func blocks(t *testing.T, heading, language string) []string {
	t.Helper()
	var found []string
	rest := "\n" + section(t, heading)
	for {
		_, after, ok := strings.Cut(rest, "\n```")
		if !ok {
			break
		}
		name, body, _ := strings.Cut(after, "\n")
		text, next, _ := strings.Cut(body, "\n```")
		if name == language {
			found = append(found, text+"\n")
		}
		rest = next
	}
	if len(found) == 0 {
		t.Fatalf("section %q of docs/ci.md has no block of %q", heading, language)
	}
	return found
}

func block(t *testing.T, heading, language string) string {
	t.Helper()
	return blocks(t, heading, language)[0]
}
