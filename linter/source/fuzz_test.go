package source

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"testing"
)

// sampleYAML are texts with one subject each; the fuzzers start from them.
var sampleYAML = []string{
	"",
	"a: 1\n",
	"kind: Service\nmetadata:\n  annotations: {x: 'true', y: \"false\"}\n",
	"- [1, 2.50, -3e2, 0x1F, 017, 0o17, 0b11, 1_000, +7, .5, 1., 12345678901234567890, 1e400]\n",
	"- [yes, No, ON, off, y, N, True, FALSE, null, ~, Null, oN]\n- 2020-01-02\n- 2020-01-02T03:04:05Z\n- 12:30:45\n- 0x\n- 1__2\n- .e5\n- 0b-1\n- -0b1\n- 0b2\n",
	"1: a\ntrue: b\n1.5: c\n.inf: d\n0x10: e\n? f\n: g\n1e20: h\n~x: y\n",
	"a: &x {b: 1, c: 2}\nd: *x\ne:\n  <<: *x\n  b: 3\nf:\n  b: 4\n  <<: [*x, {z: 1, b: 9}]\n",
	"a: 1\na: 2\nb: {c: 1, c: 2}\n",
	"lit: |\n  one\n   # two\n\n  three\n\nfold: >-\n  a\n  b\n\n  c\n    d\n  e\nkeep: |+\n  x\n\nind: |2\n    x\n  y\nempty: |\nz: >1\n  q\n",
	"a: plain\n  goes on\n\n  here # c\nb: 'it''s\n\n  two' # d\nc: \"tab\\t\\u00e9\\\n   x\n  y\"\n",
	"a: !!str 1\nb: !!int \"7\"\nc: !!float 3\nd: !!binary aGk=\ne: ! \"12\"\nf: !x y\ng: !!null ''\nh: !<tag:yaml.org,2002:str> 5\ni: &q !!bool yes\n",
	"[a: b, {c, d: , e: }, \"f\":g, 'h' , [], {}]\n",
	"{\"a\": 1, \"b\": [true, null, 1.0, \"\\u00e9\"]}\n",
	"a:\n- b\n- - c\n  - d: 1\n    e: 2\n-\n",
	"# head\n---\n# c\na: b # d\n...\n%YAML 1.1\n---\n'#': '#' # e\n",
	"é: 'ü' # ö\n日本: [本, x]\n",
	"\ufeffa: 1\r\nb: \"x\r\n  y\"\r\nc: |\r\n  q\r\n  r\r\n",
	"a: 1\rb:\r  - 2\r",
	"a: x\u0085  y\nb: 'p\u2028 q'\n",
	"a: [1\nb: 2\n", "a: b: c\n", "a: *no\n", "a: &a [*a]\n", "\t- a\n", "a: \x00\n", "a: \xff\n", "a: |\n\tb\n", "a: 'x\n", "%FOO\n---\n- a\n",
}

func FuzzYAML(f *testing.F) {
	for _, s := range sampleYAML {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		checkPiece(t, text)
	})
}

// checkPiece reads a text as one YAML document and compares with
// sigs.k8s.io/yaml: the same is refused, and the same value is read.
func checkPiece(t *testing.T, text []byte) {
	t.Helper()
	file := NewFile("x.yaml", text)
	span := Span{0, len(text)}
	root, comments, fault := readYAML(text, span, DefaultLimits())
	want, err := kubernetesJSON(text)
	if fault != nil {
		if s := fault.span; s.Start < 0 || s.End < s.Start || s.End > len(text) {
			t.Errorf("problem has the span %v in a file of %d bytes", s, len(text))
		}
		// yaml.v3 does not show the tag "!", so that a scalar with nothing but
		// that, on a line of its own, is refused for safety. So are the keys -0.0 and 0.0
		// side by side, which are one key in the maps of sigs.k8s.io/yaml.
		if err == nil && fault.message == readDifferently && !bytes.Contains(text, []byte("!")) && !bytes.Contains(text, []byte("-0")) && !bytes.Contains(text, []byte("-.0")) {
			t.Errorf("sigs.k8s.io/yaml reads as %s what was refused: %s", want, fault.message)
		}
		return
	}
	if err != nil {
		t.Fatalf("sigs.k8s.io/yaml refuses what was read: %v", err)
	}
	doc := &Document{File: file, Root: root, Span: span, Comments: comments}
	checkSpans(t, doc)
	if diff := differs(root, want); diff != "" {
		t.Error(diff)
	}
}

// differs compares a tree with the JSON of sigs.k8s.io/yaml by a way of its
// own: both as text of encoding/json.
func differs(root *Node, want []byte) string {
	if hasDoubled(root) { // sigs.k8s.io/yaml chooses between 1 and "1" at random
		return ""
	}
	var value any
	decoder := json.NewDecoder(bytes.NewReader(want))
	decoder.UseNumber()
	if err := decoder.Decode(&value); err != nil {
		return fmt.Sprintf("sigs.k8s.io/yaml wrote no JSON: %v", err)
	}
	a, errA := json.Marshal(root.Any())
	b, errB := json.Marshal(value)
	if errA != nil || errB != nil || !bytes.Equal(a, b) {
		return fmt.Sprintf("read as %s (%v), by sigs.k8s.io/yaml as %s (%v)", a, errA, b, errB)
	}
	return ""
}

func hasDoubled(n *Node) bool {
	for _, f := range n.Fields {
		if f.Overridden || hasDoubled(f.Value) {
			return true
		}
	}
	for _, item := range n.Items {
		if hasDoubled(item) {
			return true
		}
	}
	return false
}

var sampleJSON = []string{
	`{}`, `[]`, `null`, ` "x" `, `{"a":[1,-2.5e+3,true,false,null,"\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00\ud800"]}`,
	"// c\n{ /* d */ \"a\": [1, 2,], // e\n}\n", "\ufeff{\"a\":1,\"a\":2}", "{\"a\":\"x\r\n\ty\"}",
	`{"a" 1}`, `{"a":1 "b":2}`, `[1 2]`, `[,]`, `{,}`, `{"a":}`, `[01]`, `[+1]`, `[.5]`, `[1.]`, `[1e]`, `[NaN]`, `{a:1}`, `{'a':1}`,
	`{} {}`, `{`, `["`, `"\x"`, `"\u12"`, "/*", "/", "{\"\xff\":1}", "\"\x00\"", `[12345678901234567890123]`, `-`, "[1]]",
}

func FuzzJSON(f *testing.F) {
	for _, s := range sampleJSON {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		checkJSON(t, text)
	})
}

// checkJSON compares with encoding/json: a text that is read and is not
// lenient is one that encoding/json reads as the same value, and the reverse.
func checkJSON(t *testing.T, text []byte) {
	t.Helper()
	file := NewFile("x.json", text)
	docs, problems := Parse(context.Background(), file, JSON, DefaultLimits())
	for _, p := range problems {
		if s := p.Span; s.Start < 0 || s.End < s.Start || s.End > len(text) {
			t.Errorf("problem has the span %v in a file of %d bytes", s, len(text))
		}
	}
	strict := bytes.TrimPrefix(text, bom)
	if len(docs) == 0 {
		if json.Valid(strict) && bytes.Equal(strict, bytes.ToValidUTF8(strict, nil)) && !bytes.HasPrefix(text, []byte("\xff\xfe")) {
			t.Errorf("encoding/json takes what was refused: %v", problems)
		}
		return
	}
	d := docs[0]
	checkSpans(t, d)
	if d.Lenient == json.Valid(strict) {
		t.Fatalf("Lenient is %t, json.Valid says %t", d.Lenient, !d.Lenient)
	}
	if d.Lenient {
		return
	}
	var want any
	decoder := json.NewDecoder(bytes.NewReader(strict))
	decoder.UseNumber()
	if err := decoder.Decode(&want); err != nil {
		t.Fatal(err)
	}
	a, _ := json.Marshal(d.Root.Any())
	b, _ := json.Marshal(want)
	if !bytes.Equal(a, b) {
		t.Errorf("read as %s, by encoding/json as %s", a, b)
	}
}

func FuzzSplit(f *testing.F) {
	for _, s := range sampleYAML {
		f.Add([]byte(s))
	}
	f.Add([]byte("a: 1\n---\nb: 2\n--- # c\nc: 3\n--- d\n---e\n...\nf: 4\n...\n%YAML 1.1\n# x\n---\ng: |\n---\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		checkSplit(t, text)
	})
}

// checkSplit checks that pieces cover the file in order and lose nothing but
// separator lines and the BOM, and that one document does not sway another.
func checkSplit(t *testing.T, text []byte) {
	t.Helper()
	file := NewFile("x.yaml", text)
	end := 0
	for _, p := range split(file) {
		if p.Start < end || p.End < p.Start || p.End > len(text) {
			t.Fatalf("piece %v after offset %d in a file of %d bytes", p.Span, end, len(text))
		}
		if lost := bytes.TrimPrefix(text[end:p.Start], bom); len(lost) > 0 && markerOf(lost) != documentEnd {
			t.Fatalf("%q is in no piece", lost)
		}
		end = p.End
	}
	if end != len(text) {
		t.Fatalf("pieces end at %d of %d", end, len(text))
	}
	docs, problems := Parse(context.Background(), file, YAML, DefaultLimits())
	longer := NewFile("y.yaml", append(append([]byte{}, text...), "\n...\n---\nkind: Last\n"...))
	more, moreProblems := Parse(context.Background(), longer, YAML, DefaultLimits())
	for _, p := range problems {
		if p.Kind == Encoding && len(docs) == 0 {
			return // the whole file was refused
		}
	}
	if len(more) != len(docs)+1 || more[len(docs)].Root.Get("kind").Any() != "Last" {
		t.Errorf("%d documents, with one more %d", len(docs), len(more))
	}
	if len(moreProblems) != len(problems) {
		t.Errorf("%d problems, with one more document %d", len(problems), len(moreProblems))
	}
}
