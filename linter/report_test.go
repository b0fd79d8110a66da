package linter_test

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/aksnetlint/aksnetlint/linter"
)

// TestEveryKeyIsDocumented holds that docs/json.md names each key of the report.
func TestEveryKeyIsDocumented(t *testing.T) {
	text, err := os.ReadFile("../docs/json.md")
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string]bool{}
	collectKeys(reflect.TypeFor[linter.Report](), keys)
	if len(keys) < 30 {
		t.Fatalf("only %d keys were found", len(keys))
	}
	for key := range keys {
		if !strings.Contains(string(text), "`"+key+"`") {
			t.Errorf("docs/json.md does not name %q", key)
		}
	}
}

// collectKeys gathers the JSON keys of a type and of the types of its members.
func collectKeys(typ reflect.Type, keys map[string]bool) {
	for typ.Kind() == reflect.Slice || typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	if typ.Kind() != reflect.Struct {
		return
	}
	for i := range typ.NumField() {
		field := typ.Field(i)
		key, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if key == "-" || !field.IsExported() {
			continue
		}
		if key != "" {
			keys[key] = true
		}
		collectKeys(field.Type, keys)
	}
}
