package linter

import (
	"slices"
	"testing"
)

func TestJSONNames(t *testing.T) {
	for text, want := range map[string][]string{
		"":                            nil,
		".json":                       nil,
		"a.json":                      {"a.json"},
		"'nested/a-b.c.json', b.json": {"a-b.c.json", "b.json"},
		"a.jsonc b.json_":             nil,
		"a.json.json":                 {"a.json"},
		"éa.json)":                    {"a.json"},
	} {
		if got := jsonNames([]byte(text)); !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
