package format

import (
	"encoding/json"
	"io"

	"github.com/aksnetlint/aksnetlint/linter"
)

// JSON writes the report as one JSON object; docs/json.md describes its keys.
func JSON(w io.Writer, report *linter.Report) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(report)
}
