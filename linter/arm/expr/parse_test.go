package expr

import (
	"bufio"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestOracleParse(t *testing.T) {
	folder := os.Getenv("AKSNETLINT_ORACLE")
	if folder == "" {
		t.Skip("AKSNETLINT_ORACLE is not set")
	}
	f, err := os.Open(filepath.Join(folder, "parse.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	passed, sure := 0, 0
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		var row struct {
			ID, Text, Kind, Value string
			Valid, Unsure         bool
		}
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		ok := !IsExpression(row.Text) && Unescape(row.Text) == row.Value
		if row.Kind == "expression" {
			_, err := Parse(row.Text)
			ok = IsExpression(row.Text) && (err == nil) == row.Valid
		}
		if !ok {
			t.Errorf("%s: %s: unsure %v", row.ID, row.Text, row.Unsure)
		} else {
			passed++
		}
		sure++
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	t.Logf("oracle parse: %d of %d", passed, sure)
}

// outline writes a tree in a form that shows its structure.
func outline(e Expr) string {
	switch e := e.(type) {
	case *String:
		return "s:" + e.Value
	case *Int:
		return "i"
	case *Float:
		return "f:" + e.Literal
	case *Property:
		return "(" + outline(e.Base) + " . " + e.Name + ")"
	case *Index:
		return "(" + outline(e.Base) + " @ " + outline(e.Key) + ")"
	case *Call:
		name := e.Name
		if e.Namespace != "" {
			name = e.Namespace + "::" + name
		}
		var args []string
		for _, arg := range e.Args {
			args = append(args, outline(arg))
		}
		return name + "<" + strings.Join(args, " ") + ">"
	}
	return "?"
}

func TestParse(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"['north']", "s:north"},
		{"['it''s ''ok''']", "s:it's 'ok'"},
		{"['']", "s:"},
		{"['''']", "s:'"},
		{"[-42]", "i"},
		{"[-2.50]", "f:-2.50"},
		{"[pool()]", "pool<>"},
		{"[ pool ( 1 , 'b' ) ]", "pool<i s:b>"},
		{"[pool\r\n\t(\n'a\nb'\n)]", "pool<s:a\nb>"},
		{"[net.subnet('a')]", "net::subnet<s:a>"},
		{"[vnet().a.b['c-d'][0]]", "((((vnet<> . a) . b) @ s:c-d) @ i)"},
		{"[vnet().a[index('x').y].z]", "(((vnet<> . a) @ (index<s:x> . y)) . z)"},
		{"['text'.length]", "(s:text . length)"},
		{"[$fxv#0(_1.f())]", "$fxv#0<_1::f<>>"},
	} {
		x, err := Parse(test.text)
		if err != nil {
			t.Errorf("%q: %v", test.text, err)
			continue
		}
		if got := outline(x.Root); got != test.want {
			t.Errorf("%q: got %s, want %s", test.text, got, test.want)
		}
	}
}

// TestParseErrors marks the place of the error with guillemets.
func TestParseErrors(t *testing.T) {
	for _, test := range []string{
		"[«»]",
		"[true«»]",
		"[pool(«,»1)]",
		"[pool(1,«)»]",
		"[pool(1 «2»)]",
		"[pool(«'open)»]",
		"[pool()«)»]",
		"[pool()«'x'»]",
		"[pool().«1»]",
		"[pool().«'name'»]",
		"[a.b«.»c()]",
		"[pool()[«]»]",
		"[pool(«%»)]",
		"[pool(«§»)]",
		"[«12ab»]",
		"[«99999999999999999999»]",
		"[pool(1).x[0«»]",
	} {
		start := strings.Index(test, "«")
		end := strings.Index(test, "»") - len("«")
		text := strings.NewReplacer("«", "", "»", "").Replace(test)
		_, err := Parse(text)
		var parseError *Error
		if !errors.As(err, &parseError) {
			t.Errorf("%q: got %v, want an *Error", text, err)
			continue
		}
		if parseError.Span.Start != start || parseError.Span.End != end {
			t.Errorf("%q: got %v (%v), want %d to %d", text, parseError.Span, err, start, end)
		}
	}
}

func TestSpans(t *testing.T) {
	const text = "[ concat( vnet('a') . name , 'b' ) [0] ]"
	x, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	var parts []string
	Walk(x.Root, func(e Expr) bool {
		parts = append(parts, x.Source(e))
		return true
	})
	want := []string{
		"concat( vnet('a') . name , 'b' ) [0]", "concat( vnet('a') . name , 'b' )",
		"vnet('a') . name", "vnet('a')", "'a'", "'b'", "0",
	}
	if strings.Join(parts, "|") != strings.Join(want, "|") {
		t.Errorf("got %q, want %q", parts, want)
	}
}

func TestLimits(t *testing.T) {
	for name, text := range map[string]string{
		"length":    "['" + strings.Repeat("a", MaxLength) + "']",
		"calls":     "[" + strings.Repeat("f(", MaxDepth+1) + strings.Repeat(")", MaxDepth+1) + "]",
		"accesses":  "[f()" + strings.Repeat(".a", MaxDepth) + "]",
		"keys":      "[" + strings.Repeat("f()[", MaxDepth+1) + "0" + strings.Repeat("]", MaxDepth+1) + "]",
		"both":      "[" + strings.Repeat("f(", MaxDepth/2) + "g()" + strings.Repeat("[0]", MaxDepth/2) + strings.Repeat(")", MaxDepth/2) + "]",
		"arguments": "[f(0" + strings.Repeat(",0", MaxArgs) + ")]",
	} {
		_, err := Parse(text)
		var parseError *Error
		if !errors.As(err, &parseError) || !parseError.Limit {
			t.Errorf("%s: got %v, want a limit", name, err)
		}
	}
	if _, err := Parse("[f(0" + strings.Repeat(",0", MaxArgs-1) + ")]"); err != nil {
		t.Errorf("the most arguments: %v", err)
	}
	if _, err := Parse("[" + strings.Repeat("f(", MaxDepth) + strings.Repeat(")", MaxDepth) + "]"); err != nil {
		t.Errorf("the deepest calls: %v", err)
	}
}

func TestLiterals(t *testing.T) {
	for text, want := range map[string]string{
		"plain": "plain", "": "", "[": "[", "]": "]", "[[": "[[", "[[]": "[]", "[[x]": "[x]", "[[x] ": "[[x] ",
		"[[[x]": "[[x]", "x]": "x]", " [x]": " [x]",
	} {
		if IsExpression(text) {
			t.Errorf("%q: taken for an expression", text)
		}
		if got := Unescape(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	for _, text := range []string{"[]", "[x]", "[ [x]]", "[x]]"} {
		if !IsExpression(text) {
			t.Errorf("%q: taken for a literal", text)
		}
	}
}

// FuzzParse holds that the parser ends, that spans are inside of the text and
// that the source of a node parses to the same node.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"[f('a', 1, -2.5).b[0]['c'].d]", "[ns.f()]", "['it''s']", "[f(", "[[x]", "[f(g(h(i()[0])))]", "[\xff]", "[a.b.c()]",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		x, err := Parse(text)
		if err != nil {
			var parseError *Error
			if !errors.As(err, &parseError) || parseError.Span.Start < 0 || parseError.Span.Start > parseError.Span.End || parseError.Span.End > len(text) {
				t.Fatalf("%q: bad error %v", text, err)
			}
			return
		}
		Walk(x.Root, func(e Expr) bool {
			again, err := Parse("[" + x.Source(e) + "]")
			if err != nil || outline(again.Root) != outline(e) {
				t.Fatalf("%q: %q parses to something else: %v", text, x.Source(e), err)
			}
			return len(text) < 200
		})
	})
}

func BenchmarkParse(b *testing.B) {
	const text = "[if(equals(parameters('plugin'), 'kubenet'), createObject('id', resourceId('Microsoft.Network/virtualNetworks/subnets', variables('vnet').name, concat('aks-', copyIndex()))), null())]"
	b.ReportAllocs()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := Parse(text); err != nil {
			b.Fatal(err)
		}
	}
}
