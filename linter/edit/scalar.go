package edit

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/source"
)

// styleAt is the quote that a scalar begins with, 0 for none.
func (t *tree) styleAt(span source.Span) byte {
	if span.Start < len(t.text) && span.Start < span.End && (t.text[span.Start] == '"' || t.text[span.Start] == '\'') {
		return t.text[span.Start]
	}
	return 0
}

// scalar writes a plain JSON scalar. A string takes the given quotes where they
// can hold it, and goes without only where it is read as the same string.
func (t *tree) scalar(v any, quote byte, flow bool) string {
	s, ok := v.(string)
	switch {
	case !ok || t.json:
		return jsonText(v)
	case quote == '\'' && isPrintable(s):
		return "'" + strings.ReplaceAll(s, "'", "''") + "'"
	case quote == 0 && isPlain(s, flow):
		return s
	}
	return jsonText(s)
}

// jsonText is the JSON of a value, which is YAML as well.
func jsonText(v any) string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if encoder.Encode(v) != nil {
		return "null"
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// isPrintable says whether single quotes can hold a text on one line.
func isPrintable(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' })
}

// isPlain says whether YAML reads a text without quotes as that string.
func isPlain(s string, flow bool) bool {
	if s == "" || !isPrintable(s) || flow && strings.ContainsAny(s, ",[]{}") {
		return false
	}
	docs, problems := source.Parse(context.Background(), source.NewFile("", []byte("k: "+s+"\n")), source.YAML, source.DefaultLimits())
	if len(problems) > 0 || len(docs) != 1 {
		return false
	}
	v := docs[0].Root.Get("k")
	return v != nil && v.Kind == source.String && v.Style == source.Plain && v.Text == s && !strings.ContainsAny(s[:1], "-?:")
}
