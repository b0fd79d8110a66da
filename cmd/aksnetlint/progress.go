package main

import (
	"fmt"
	"io"
	"os"
	"time"
)

// Progress is shown from the first second on, ten times a second.
const (
	progressDelay    = time.Second
	progressInterval = 100 * time.Millisecond
)

// progress shows on a terminal what a long run is doing.
type progress struct {
	w      io.Writer
	active bool
	next   time.Time
	shown  bool
}

// newProgress shows progress on standard error where that is a terminal with a
// person before it.
func (c *command) newProgress() *progress {
	return &progress{w: c.stderr, active: isTerminal(c.stderr) && os.Getenv("CI") == "" && os.Getenv("TERM") != "dumb", next: time.Now().Add(progressDelay)}
}

// report is what a run calls; nil where nothing is shown.
func (p *progress) report() func(stage string, done, total int) {
	if !p.active {
		return nil
	}
	return p.step
}

func (p *progress) step(stage string, done, total int) {
	now := time.Now()
	if now.Before(p.next) {
		return
	}
	p.next = now.Add(progressInterval)
	p.shown = true
	fmt.Fprintf(p.w, "\r\x1b[K%s: %d of %d", stage, done, total)
}

// clear takes the line away.
func (p *progress) clear() {
	if p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.shown = false
	}
}

func isTerminal(w any) bool {
	file, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
