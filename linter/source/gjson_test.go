package source

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/tidwall/gjson"
)

// TestPlacesAgreeWithGJSON compares the place of each key and value of strict
// JSON with those that gjson finds on its own.
func TestPlacesAgreeWithGJSON(t *testing.T) {
	texts := map[string]string{
		"nested":  `{"a": [1, -2.5e3, {"b": "c"}], "d": {"e": null, "f": [true, false, []]}, "g": {}}`,
		"escapes": `{"k\"\u00e9\n": "v\\\ud83d\ude00", "": "", "tab": "a\tb"}`,
		"spaced":  "\n{ \"a\" :\r\n [ \"x\" ,\t\"\u00fc\u4e16\" ] }\n",
	}
	if corpus := os.Getenv("AKSNETLINT_CORPUS"); corpus != "" {
		files, err := filepath.Glob(filepath.Join(corpus, "arm", "vplauzon-aks", "*", "*.json"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no templates in the corpus: %v", err)
		}
		for _, path := range files {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			texts[path] = string(text)
		}
	}
	for name, text := range texts {
		if !gjson.Valid(text) {
			continue
		}
		docs, problems := Parse(context.Background(), NewFile("t.json", []byte(text)), JSON, DefaultLimits())
		if len(problems) > 0 || len(docs) != 1 {
			t.Errorf("%s: %d documents, problems %v", name, len(docs), problems)
			continue
		}
		if n := comparePlaces(t, name, text, docs[0].Root, gjson.Parse(text)); n < 3 {
			t.Errorf("%s: only %d values compared", name, n)
		}
	}
}

// comparePlaces walks both trees and returns the number of values compared.
func comparePlaces(t *testing.T, name, text string, node *Node, result gjson.Result) int {
	t.Helper()
	n, i := 1, 0
	result.ForEach(func(key, value gjson.Result) bool {
		var child *Node
		switch node.Kind {
		case Object:
			field := node.Fields[i]
			if got := text[field.NameSpan.Start:field.NameSpan.End]; got != key.Raw || field.NameSpan.Start != key.Index {
				t.Errorf("%s: key %s at %d, gjson has %s at %d", name, got, field.NameSpan.Start, key.Raw, key.Index)
			}
			child = field.Value
		case Array:
			child = node.Items[i]
		default:
			return false
		}
		i++
		if got := text[child.Span.Start:child.Span.End]; got != value.Raw || child.Span.Start != value.Index {
			t.Errorf("%s: value %.40s at %d, gjson has %.40s at %d", name, got, child.Span.Start, value.Raw, value.Index)
		}
		if child.Kind == String && child.Text != value.String() {
			t.Errorf("%s: text %q, gjson has %q", name, child.Text, value.String())
		}
		if value.IsObject() || value.IsArray() {
			n += comparePlaces(t, name, text, child, value)
		} else {
			n++
		}
		return true
	})
	if i != len(node.Fields)+len(node.Items) {
		t.Errorf("%s: %d members, gjson has %d", name, len(node.Fields)+len(node.Items), i)
	}
	return n
}
