package source

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	sigsyaml "sigs.k8s.io/yaml"
)

func parseText(name, text string) (*File, []*Document, []Problem) {
	f := NewFile(name, []byte(text))
	docs, problems := Parse(context.Background(), f, DetectFormat(f), DefaultLimits())
	return f, docs, problems
}

// dump writes documents and problems so that a person can check them: place,
// path, value.
func dump(f *File, docs []*Document, problems []Problem) string {
	var out strings.Builder
	for _, d := range docs {
		lenient := ""
		if d.Lenient {
			lenient = " lenient"
		}
		fmt.Fprintf(&out, "document %d %s%s\n", d.Index, []string{"yaml", "json"}[d.Format], lenient)
		dumpNode(&out, f, d.Root, "$", "")
		for _, c := range d.Comments {
			own := ""
			if c.OwnLine {
				own = " own line"
			}
			fmt.Fprintf(&out, "  %s comment %q%s\n", place(f, c.Span), c.Text, own)
		}
	}
	for _, p := range problems {
		fmt.Fprintf(&out, "problem %d %s %s\n", p.Index, place(f, p.Span), p.Message)
	}
	return out.String()
}

func place(f *File, span Span) string {
	from, to := f.Position(span.Start), f.Position(span.End)
	return fmt.Sprintf("%d:%d-%d:%d", from.Line, from.Column, to.Line, to.Column)
}

func dumpNode(out *strings.Builder, f *File, n *Node, path, flags string) {
	if n.Alias != (Span{}) {
		flags += " alias@" + place(f, n.Alias)
	}
	text := ""
	switch n.Kind {
	case String:
		text = fmt.Sprintf(" %q", n.Text)
	case Null, Array, Object:
	default:
		text = " " + n.Text
	}
	fmt.Fprintf(out, "  %s %s %s%s%s\n", place(f, n.Span), path, n.Kind, text, flags)
	for i, item := range n.Items {
		dumpNode(out, f, item, fmt.Sprintf("%s[%d]", path, i), "")
	}
	for _, field := range n.Fields {
		flags := ""
		if field.Overridden {
			flags += " overridden"
		}
		if field.Merged {
			flags += " merged"
		}
		flags += " key@" + place(f, field.NameSpan)
		dumpNode(out, f, field.Value, path+"."+field.Name, flags)
	}
}

// checkSpans checks what holds for the places of any document.
func checkSpans(t *testing.T, d *Document) {
	t.Helper()
	size := len(d.File.Text)
	inFile := func(what string, s Span) {
		if s.Start < 0 || s.End < s.Start || s.End > size {
			t.Errorf("%s has the span %v in a file of %d bytes", what, s, size)
		}
	}
	inFile("document", d.Span)
	for _, c := range d.Comments {
		inFile("comment", c.Span)
	}
	var visit func(n *Node)
	visit = func(n *Node) {
		inFile("node "+n.Text, n.Span)
		inFile("alias", n.Alias)
		for _, item := range n.Items {
			visit(item)
		}
		for _, f := range n.Fields {
			inFile("name "+f.Name, f.NameSpan)
			visit(f.Value)
		}
		checkScalar(t, d, n)
	}
	visit(d.Root)
}

// checkScalar checks that the text in a scalar's span reads back as its value,
// and that TextOffset leads from each character to where it was written.
func checkScalar(t *testing.T, d *Document, n *Node) {
	t.Helper()
	if n.Kind == Array || n.Kind == Object || n.Style == Block && n.Kind != String {
		return
	}
	for i := 0; i <= len(n.Text); i++ {
		if at := n.TextOffset(i); at < n.Span.Start || at > n.Span.End {
			t.Errorf("TextOffset(%d) of %q is %d, outside of %v", i, n.Text, at, n.Span)
		}
	}
	if bytes.Contains(d.File.Text, []byte("binary")) {
		return // the text of !!binary is nowhere in the file
	}
	source := d.File.Text[n.Span.Start:n.Span.End]
	if n.Style == Block {
		checkBlock(t, d, n)
		return
	}
	if n.Kind == String && n.Style == Plain {
		for i := 0; i < len(n.Text); i++ {
			if c, at := n.Text[i], n.TextOffset(i); c > ' ' && c < 0x7F && d.File.Text[at] != c {
				t.Errorf("TextOffset(%d) of %q leads to %q", i, n.Text, d.File.Text[at])
			}
		}
		return
	}
	if d.Format == JSON && d.Lenient || n.Kind == String && n.Style == Plain {
		return
	}
	var got any
	if d.Format == JSON {
		decoder := json.NewDecoder(bytes.NewReader(source))
		decoder.UseNumber()
		if err := decoder.Decode(&got); err != nil {
			t.Errorf("the span of %q holds %q: %v", n.Text, source, err)
			return
		}
	} else {
		out, err := sigsyaml.YAMLToJSON(append([]byte(" "), source...))
		if err != nil {
			return // a tag may have made the value readable
		}
		decoder := json.NewDecoder(bytes.NewReader(out))
		decoder.UseNumber()
		if err := decoder.Decode(&got); err != nil {
			t.Fatal(err)
		}
	}
	if n.Style == Quoted && n.Kind != String { // "! 'true'"
		return
	}
	if got, want := fmt.Sprint(got), fmt.Sprint(n.Any()); got != want {
		t.Errorf("the span of %q holds %q, which reads as %q", want, source, got)
	}
}

func checkBlock(t *testing.T, d *Document, n *Node) {
	t.Helper()
	if c := d.File.Text[n.Span.Start]; c != '|' && c != '>' {
		t.Errorf("block scalar %q begins with %q", n.Text, c)
	}
	end := len(strings.TrimRight(n.Text, "\n"))
	for i := 0; i < end; i++ {
		if c, at := n.Text[i], n.TextOffset(i); c > ' ' && c < 0x7F && d.File.Text[at] != c {
			t.Errorf("TextOffset(%d) of %q leads to %q", i, n.Text, d.File.Text[at])
			return
		}
	}
}
