package format

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode/utf16"

	"github.com/aksnetlint/aksnetlint/linter"
)

// JSON writes the report as one JSON object; docs/json.md describes its keys.
func JSON(w io.Writer, report *linter.Report) error {
	return writeJSON(w, report)
}

// writeJSON writes indented JSON. Marks that are invisible or turn the
// direction of writing, and what a log would take for a command, are
// written as escapes: readers of JSON get them back.
func writeJSON(w io.Writer, v any) error {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(v); err != nil {
		return fmt.Errorf("writing JSON: %w", err)
	}
	var out bytes.Buffer
	hash := false
	for _, r := range text.String() {
		switch {
		case r == '#' && hash:
			out.WriteString(`\u0023`)
		case r != '\n' && isUnsafe(r):
			for _, unit := range utf16.Encode([]rune{r}) {
				fmt.Fprintf(&out, `\u%04x`, unit)
			}
		default:
			out.WriteRune(r)
		}
		hash = r == '#'
	}
	_, err := w.Write(out.Bytes())
	return err
}
