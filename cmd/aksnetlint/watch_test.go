package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aksnetlint/aksnetlint/linter/ruletest"
)

// watched is an output that can be read while it is written.
type watched struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (c *watched) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.text.Write(p)
}

func (c *watched) runs() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return strings.Count(c.text.String(), " tests, ")
}

// The tests run again when a file changes, until the user stops them.
func TestWatch(t *testing.T) {
	dir := t.TempDir()
	files, err := ruletest.Scaffold("owner-label", "Service")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(dir, f.Name), []byte(f.Text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	out := &watched{}
	done := make(chan error, 1)
	go func() {
		done <- (&command{stdout: out, stderr: out}).watchTests(ctx, &testFlags{output: "text"}, []string{dir})
	}()
	waitFor(ctx, t, func() bool { return out.runs() == 1 })
	if err := os.WriteFile(filepath.Join(dir, "owner_label.rego"), []byte(files[0].Text+"\n# changed\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	waitFor(ctx, t, func() bool { return out.runs() == 2 })
	stop()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("after the stop: %v", err)
	}
}

func waitFor(ctx context.Context, t *testing.T, holds func() bool) {
	t.Helper()
	for !holds() {
		select {
		case <-ctx.Done():
			t.Fatal("it did not happen in time")
		case <-time.After(10 * time.Millisecond):
		}
	}
}
