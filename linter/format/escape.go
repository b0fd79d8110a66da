package format

import (
	"fmt"
	"strings"
	"unicode"
)

// printable makes text from an input safe for a terminal or a log: control
// characters, which could move the cursor, end a line or start a workflow command, and
// marks that turn the direction of writing are shown as escapes; tabs as a
// space. What the agents of Azure Pipelines and GitHub take for a command anywhere in
// a line is broken up.
func printable(s string) string {
	if isPrintable(s) {
		return commandBreaker.Replace(s)
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\t':
			b.WriteByte(' ')
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case isUnsafe(r):
			if r < 0x100 {
				fmt.Fprintf(&b, `\x%02x`, r)
			} else {
				fmt.Fprintf(&b, `\u%04x`, r)
			}
		default:
			b.WriteRune(r)
		}
	}
	return commandBreaker.Replace(b.String())
}

var commandBreaker = strings.NewReplacer("##vso[", "## vso[", "##[", "## [")

func isPrintable(s string) bool {
	for _, r := range s {
		if r == '\t' || isUnsafe(r) {
			return false
		}
	}
	return true
}

// isUnsafe finds control characters, format characters (bidi marks, zero
// width) and the replacement character of broken UTF-8.
func isUnsafe(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029' || r == unicode.ReplacementChar
}

// lineStart is text that a line begins with: GitHub takes a line that begins
// with two colons for a command.
func lineStart(s string) string {
	if strings.HasPrefix(strings.TrimSpace(s), "::") {
		return "./" + s
	}
	return s
}
