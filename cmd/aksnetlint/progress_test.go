package main

import (
	"strings"
	"testing"
	"time"
)

// TestProgress holds that progress starts after a while, is not shown for
// every step and leaves nothing behind.
func TestProgress(t *testing.T) {
	var out strings.Builder
	p := progress{w: &out, active: true, next: time.Now().Add(time.Hour)}
	p.step("reading files", 1, 3)
	p.clear()
	if out.Len() > 0 {
		t.Errorf("shown too early: %q", out.String())
	}
	p.next = time.Time{}
	p.step("reading files", 2, 3)
	p.next = time.Now().Add(time.Hour)
	p.step("reading files", 3, 3)
	p.clear()
	if got, want := out.String(), "\r\x1b[Kreading files: 2 of 3\r\x1b[K"; got != want {
		t.Errorf("shown %q, want %q", got, want)
	}
}

// TestNoProgress holds that what is no terminal shows none.
func TestNoProgress(t *testing.T) {
	c := &command{stderr: &strings.Builder{}}
	if c.newProgress().report() != nil {
		t.Error("progress is shown in a log")
	}
}
