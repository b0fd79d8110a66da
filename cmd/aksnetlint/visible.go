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
	var b strings.Builder
	for _, r := range string(p) {
		if r != '\n' && r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
			fmt.Fprintf(&b, `\u%04x`, r)
			continue
		}
		b.WriteRune(r)
	}
	if _, err := io.WriteString(v.w, b.String()); err != nil {
		return 0, err
	}
	return len(p), nil
}

// diffOutput is standard output: as it is for git apply, made visible for a person.
func (c *command) diffOutput() io.Writer {
	if isTerminal(c.stdout) {
		return visibleWriter{c.stdout}
	}
	return c.stdout
}
