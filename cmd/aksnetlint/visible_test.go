package main

import (
	"io"
	"strings"
	"testing"
)

// TestVisibleWriter holds that a diff cannot drive the terminal.
func TestVisibleWriter(t *testing.T) {
	var out strings.Builder
	n, err := io.WriteString(visibleWriter{&out}, "+a\tb\x1b[31m\u202ec\r\n")
	if err != nil || n != len("+a\tb\x1b[31m\u202ec\r\n") {
		t.Fatalf("wrote %d bytes, %v", n, err)
	}
	if got, want := out.String(), "+a\tb\\u001b[31m\\u202ec\\u000d\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
