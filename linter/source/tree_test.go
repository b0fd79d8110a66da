package source

import (
	"reflect"
	"strings"
	"testing"
)

func TestLocate(t *testing.T) {
	_, docs, _ := parseText("x.json", `{"Spec": {"ports": [{"port": 1}, {"PORT": 2}]}, "spec": {"type": "x"}}`)
	root := docs[0].Root
	cases := []struct {
		path  []any
		fold  bool
		text  string // of the node, "" for arrays and objects
		field string
		depth int
	}{
		{nil, false, "", "", 0},
		{[]any{"spec", "type"}, false, "x", "type", 2},
		{[]any{"Spec", "ports", 0, "port"}, false, "1", "port", 4},
		{[]any{"Spec", "ports", 1, "port"}, false, "", "", 3},
		{[]any{"Spec", "ports", 1, "port"}, true, "2", "PORT", 4},
		{[]any{"Spec", "ports", 2, "port"}, true, "", "ports", 2},
		{[]any{"SPEC", "TYPE", "deeper"}, true, "x", "type", 2},
		{[]any{"no"}, true, "", "", 0},
		{[]any{-1}, true, "", "", 0},
	}
	for _, c := range cases {
		node, field, depth := root.Locate(c.path, c.fold)
		name := ""
		if field != nil {
			name = field.Name
		}
		if node.Text != c.text || name != c.field || depth != c.depth {
			t.Errorf("Locate(%v, %t) = %q, %q, %d; want %q, %q, %d", c.path, c.fold, node.Text, name, depth, c.text, c.field, c.depth)
		}
	}
}

func TestGet(t *testing.T) {
	_, docs, _ := parseText("x.yaml", "a: 1\nA: 2\na: 3\n")
	root := docs[0].Root
	if got := root.Get("a").Text; got != "3" {
		t.Errorf("Get takes %s, not the last of two", got)
	}
	if root.Get("b") != nil || root.Get("a").Get("x") != nil || (*Node)(nil).GetFold("a") != nil {
		t.Error("Get finds what is not there")
	}
	if got := root.GetFold("A").Text; got != "3" {
		t.Errorf("GetFold takes %s, not the last of three", got)
	}
	if f, ok := root.Field("A"); !ok || f.Value.Text != "2" {
		t.Errorf("Field gives %v, %t", f, ok)
	}
	if want := map[string]any{"a": docs[0].Root.Fields[2].Value.Any(), "A": docs[0].Root.Fields[1].Value.Any()}; !reflect.DeepEqual(root.Any(), want) {
		t.Errorf("Any gives %v, want %v", root.Any(), want)
	}
}

// TestTextOffset looks for a marker through each kind of escape and fold.
func TestTextOffset(t *testing.T) {
	cases := []struct{ file, text string }{
		{"x.json", `{"a": "MARK"}`},
		{"x.json", `{"a": "\"\\\u00e9é\ud83d\ude00\n MARK\u0041"}`},
		{"x.json", "{\"a\": \"[concat(\r\n\t'x', MARK)]\"}"},
		{"x.yaml", "a: x\n  y\n\n  MARK\n"},
		{"x.yaml", "a: 'it''s\n  MARK'\n"},
		{"x.yaml", "a: \"\\x41\\u00e9\\U0001F600\\\n   \\tMARK\"\n"},
		{"x.yaml", "a: |\n\n   é\n    MARK\n"},
		{"x.yaml", "a: >1-\n  é\n x\n y\n\n  MARK\n"},
	}
	for _, c := range cases {
		f, docs, problems := parseText(c.file, c.text)
		if len(docs) != 1 {
			t.Errorf("%q: %v", c.text, problems)
			continue
		}
		n := docs[0].Root.Get("a")
		if got, want := n.TextOffset(strings.Index(n.Text, "MARK")), strings.Index(string(f.Text), "MARK"); got != want {
			t.Errorf("%q: MARK is at %d, found at %d", c.text, want, got)
		}
	}
}

func TestRange(t *testing.T) {
	f := NewFile("x", []byte("\ufeffaé: 1\r\nb\rlast"))
	cases := []struct {
		span       Span
		start, end Position
	}{
		{Span{0, 4}, Position{1, 1}, Position{1, 2}},
		{Span{4, 6}, Position{1, 2}, Position{1, 3}},
		{Span{3, 99}, Position{1, 1}, Position{1, 6}},
		{Span{11, 16}, Position{2, 1}, Position{2, 2}},
		{Span{13, 17}, Position{3, 1}, Position{3, 5}},
		{Span{17, 17}, Position{3, 5}, Position{3, 5}},
	}
	for _, c := range cases {
		if start, end := f.Range(c.span); start != c.start || end != c.end {
			t.Errorf("Range(%v) = %v, %v; want %v, %v", c.span, start, end, c.start, c.end)
		}
	}
}

func TestDetectFormat(t *testing.T) {
	for name, want := range map[string]Format{"a.yaml": YAML, "a.YML": YAML, "a.JSON": JSON, "a.jsonc": JSON} {
		if got := DetectFormat(NewFile(name, []byte("{}"))); got != want {
			t.Errorf("%s is %d", name, got)
		}
	}
	for text, want := range map[string]Format{"a: 1": YAML, "\ufeff {": JSON, "// x\n{": JSON, "/* x */ {": JSON, "---": YAML, "": YAML} {
		if got := DetectFormat(NewFile("-", []byte(text))); got != want {
			t.Errorf("%q is %d", text, got)
		}
	}
}
