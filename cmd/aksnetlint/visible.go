package main

import (
	"fmt"
	"io"
	"strings"
	"unicode"
)

// visibleWriter shows text of an input on a terminal: what could move the
// cursor or turn the direction of writing is written as an escape.
type visibleWriter struct{ w io.Writer }

func (v visibleWriter) Write(p []byte) (int, error) {
	if _, err := io.WriteString(v.w, visible(string(p))); err != nil {
		return 0, err
	}
	return len(p), nil
}

func visible(text string) string {
	var b strings.Builder
	for _, r := range text {
		if r != '\n' && r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029') {
			fmt.Fprintf(&b, `\u%04x`, r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// logLine is text for standard error, which may hold names from an input: made
// visible, and without what GitHub Actions and Azure Pipelines take for a command.
func logLine(text string) string {
	text = strings.NewReplacer("##vso[", "## vso[", "##[", "## [").Replace(visible(text))
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if strings.HasPrefix(strings.TrimSpace(line), "::") {
			lines[i] = "./" + line
		}
	}
	return strings.Join(lines, "\n")
}

// diffOutput is standard output: as it is for git apply, made visible for a person.
func (c *command) diffOutput() io.Writer {
	if isTerminal(c.stdout) {
		return visibleWriter{c.stdout}
	}
	return c.stdout
}
