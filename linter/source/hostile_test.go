package source

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

// bomb nests aliases: each level holds the one before it nine times.
func bomb(entry string, levels int) string {
	var text strings.Builder
	text.WriteString("a0: &a0 {x: 1, y: 2}\n")
	for i := 1; i <= levels; i++ {
		again := strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 9), ", ")
		fmt.Fprintf(&text, entry, i, i, again)
	}
	return text.String()
}

// TestHostile gives texts that are made to exhaust a reader. Each must end in
// documents or in one problem of the kind named, at the place named.
func TestHostile(t *testing.T) {
	many := strings.Repeat
	cases := []struct {
		name, file, text string
		documents        int
		problem          string // "line:column message", the beginning of it
	}{
		{"aliases", "x.yaml", bomb("a%d: &a%d [%s]\n", 12), 0, "7:10 document has more than 500000 values"},
		{"merge keys", "x.yaml", bomb("a%d: &a%d {<<: [%s]}\n", 12), 0, "6:45 document has more than 500000 values"},
		{"quadratic aliases", "x.yaml", "a: &a [" + many("x,", 10000) + "]\nb:\n" + many("- *a\n", 10000), 0, "51:3 document has more than"},
		{"alias of itself", "x.yaml", "a: &a {b: *a}\n", 0, `1:11 anchor "a" holds itself`},
		{"large file", "x.yaml", "a: " + many("x", 33<<20), 0, "1:1 file has"},
		{"large document", "x.yaml", "a: 1\n---\n" + many("- x\n", 3<<20) + "---\nb: 1\n", 2, "2:1 document has 12582916 bytes"},
		{"long line", "x.yaml", "a: " + many("x", 3<<20), 1, ""},
		{"long flow line", "x.yaml", "[" + many("0,", 200000) + "0]", 1, ""},
		{"long JSON line", "x.json", `{"a": "` + many(`x\n`, 1<<20) + `"}`, 1, ""},
		{"deep flow", "x.yaml", many("[", 10000) + many("]", 10000), 0, "1:1002 nesting is deeper than 1000"},
		{"deeper flow", "x.yaml", many("[", 100000), 0, "1:1 exceeded max depth"},
		{"deep block", "x.yaml", many("- ", 10000) + "x", 0, "1:2003 nesting is deeper than 1000"},
		{"deep keys", "x.yaml", many("? ", 200000) + "x", 0, "1:1 exceeded max depth"},
		{"deep JSON", "x.json", many("[", 10000) + many("]", 10000), 0, "1:1001 nesting is deeper than 1000"},
		{"unclosed JSON", "x.json", many(`{"a":`, 100000), 0, "1:5001 nesting is deeper than 1000"},
		{"many values", "x.json", "[" + many("0,", 600000) + "0]", 0, "1:1000000 document has more than 500000 values"},
		{"many YAML values", "x.yaml", many("- x\n", 600000), 0, "1:1 document holds about"},
		{"blank documents", "x.yaml", many("---\n", 200000), 0, ""},
		{"commented documents", "x.yaml", many("---\n# x\n", 200000) + "---\na: 1\n", 1, ""},
		{"many documents", "x.yaml", many("---\na: 1\n", 100001), 100000, "200001:1 file has more than 100000 documents"},
		{"broken documents", "x.yaml", many("---\na: b: c\n", 2000) + "---\na: 1\n", 1, "2:1 mapping values"},
		{"duplicate keys", "x.yaml", many("a: 1\n", 200000), 1, ""},
		{"directives", "x.yaml", many("%YAML 1.2\n", 100000) + "---\na: 1\n", 1, ""},
		{"comments", "x.json", many("// x\n", 200000) + "1", 1, ""},
		{"NUL", "x.yaml", "a: 1\nb: \x00\n", 0, "2:4 character U+0000 is not allowed"},
		{"NUL in JSON", "x.json", "{\"a\":\n \"\x00\"}", 0, "2:3 string holds a NUL byte"},
		{"no UTF-8", "x.yaml", "a: é\nb: é\xe9\n", 0, "2:5 byte 0xe9 is no UTF-8"},
		{"no UTF-8 in JSON", "x.json", "{\"é\": \"\xe9\"}", 0, "1:8 byte 0xe9 is no UTF-8"},
		{"UTF-16", "x.yaml", "\xff\xfea\x00:\x00", 0, "1:1 file is UTF-16"},
		{"tab", "x.yaml", "a:\n\tb: 1\n", 0, "2:2 found character that cannot start any token"},
		{"empty", "x.yaml", "", 0, ""},
		{"BOM alone", "x.json", "\ufeff", 0, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, docs, problems := parseText(c.file, c.text)
			if len(docs) != c.documents {
				t.Errorf("%d documents, want %d", len(docs), c.documents)
			}
			got := ""
			if len(problems) > 0 {
				at := problems[0].File.Position(problems[0].Span.Start)
				got = fmt.Sprintf("%d:%d %s", at.Line, at.Column, problems[0].Message)
			}
			if !strings.HasPrefix(got, c.problem) || (c.problem == "") != (got == "") {
				t.Errorf("problem %.200q, want %q", got, c.problem)
			}
		})
	}
}

func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, file := range []*File{NewFile("x.yaml", []byte("a: 1\n")), NewFile("x.json", []byte("{}"))} {
		docs, problems := Parse(ctx, file, DetectFormat(file), DefaultLimits())
		if len(docs) != 0 || len(problems) != 1 || problems[0].Kind != Interrupted {
			t.Errorf("%s: %d documents, problems %v", file.Path, len(docs), problems)
		}
	}
}
