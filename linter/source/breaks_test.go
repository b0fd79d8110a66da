package source

import (
	"context"
	"testing"
)

// TestBreaks reads every short run of blanks and line breaks of each kind in
// every style of scalar: the places that are told must be those of the text.
func TestBreaks(t *testing.T) {
	heads := []string{"", "y", "a: y", "'", "a: 'y", "\"", "a: \"y", "[y", "|\n", "|", "a: >\n", "- |1\n", "- >-\n", "a: |+\n"}
	tails := []string{"", "'", "\"", "]"}
	parts := []string{"y", " ", "\n", "\r", "\u0085", "\u2028", "'", "\ufeff"}
	read := 0
	var extend func(text string, more int)
	extend = func(text string, more int) {
		for _, tail := range tails {
			file := NewFile("a.yaml", []byte(text+tail))
			docs, _ := Parse(context.Background(), file, YAML, DefaultLimits())
			for _, doc := range docs {
				read++
				checkSpans(t, doc)
			}
			if t.Failed() {
				t.Fatalf("in %q", file.Text)
			}
		}
		if more == 0 {
			return
		}
		for _, part := range parts {
			extend(text+part, more-1)
		}
	}
	for _, head := range heads {
		extend(head, 3)
	}
	if read < 5_000 {
		t.Errorf("%d texts were read: too few to tell", read)
	}
}
