package linter

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// Interrupted says how far a run came whose context ended before it was done.
// It is an error that wraps the one of the context.
type Interrupted struct {
	// Stage is what the run was doing, as Options.Progress calls it.
	Stage string `json:"stage"`
	// Done and Total count the files, templates or manifests of the stage.
	Done  int `json:"done"`
	Total int `json:"total"`

	err error
}

// Error implements error.
func (i *Interrupted) Error() string {
	if i.Total == 0 {
		return "interrupted while " + i.Stage
	}
	return fmt.Sprintf("interrupted while %s: %d of %d done", i.Stage, i.Done, i.Total)
}

// Unwrap gives the error of the context.
func (i *Interrupted) Unwrap() error { return i.err }

// progress is the stage that a run is in.
type progress struct {
	mu          sync.Mutex
	stage       string
	done, total int
}

// interrupted is how far the run came, nil where err has another cause than the
// end of the context.
func (r *run) interrupted(ctx context.Context, err error) *Interrupted {
	if ctx.Err() == nil || !errors.Is(err, ctx.Err()) {
		return nil
	}
	return &Interrupted{r.progress.stage, r.progress.done, r.progress.total, err}
}

// inStage does a part of the run that consists of total things, in parallel, and
// tells Options.Progress as each of them is done.
func (r *run) inStage(ctx context.Context, name string, total int, work func(i int) error) error {
	p := &r.progress
	p.stage, p.done, p.total = name, 0, total
	return inParallel(ctx, total, func(i int) error {
		if err := work(i); err != nil {
			return err
		}
		p.mu.Lock()
		defer p.mu.Unlock()
		p.done++
		if r.opts.Progress != nil {
			r.opts.Progress(name, p.done, total)
		}
		return nil
	})
}
