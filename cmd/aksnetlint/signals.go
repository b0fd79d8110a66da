package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/aksnetlint/aksnetlint/linter"
)

// stopped is the cause of a context that a signal ended.
type stopped struct{ signal os.Signal }

func (s stopped) Error() string { return s.signal.String() }

// withSignals is a context that ends at Ctrl-C and SIGTERM with the cause
// stopped. A second signal ends the program at once.
func withSignals(parent context.Context) context.Context {
	ctx, cancel := context.WithCancelCause(parent)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		s := <-signals
		signal.Stop(signals)
		cancel(stopped{s})
	}()
	return ctx
}

// interrupted says how far a run came that was interrupted, and returns its
// exit code: 128 and the number of the signal, as shells have it.
func (c *command) interrupted(ctx context.Context, err error) int {
	text := "interrupted"
	if at := new(linter.Interrupted); errors.As(err, &at) {
		text = at.Error()
	}
	fmt.Fprintf(c.stderr, "aksnetlint: %s\n", text)
	number := syscall.SIGINT
	var cause stopped
	if errors.As(context.Cause(ctx), &cause) {
		if s, ok := cause.signal.(syscall.Signal); ok {
			number = s
		}
	}
	return exitSignal + int(number)
}

// cancelReader is a reader that does not outlast the context: one that waits for
// a person at a terminal would never come back.
type cancelReader struct {
	ctx context.Context
	r   io.Reader
}

// Read implements io.Reader. After the context has ended the reader is not to
// be used again.
func (c cancelReader) Read(p []byte) (int, error) {
	type result struct {
		text []byte
		err  error
	}
	done := make(chan result, 1)
	go func() {
		text := make([]byte, len(p))
		n, err := c.r.Read(text)
		done <- result{text[:n], err}
	}()
	select {
	case <-c.ctx.Done():
		return 0, c.ctx.Err()
	case r := <-done:
		return copy(p, r.text), r.err
	}
}
