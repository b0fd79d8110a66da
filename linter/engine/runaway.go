package engine

import (
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"

	"github.com/open-policy-agent/opa/v1/topdown"
)

const (
	// maxGrowth is by how much the memory in use may grow, in bytes, while one rule is
	// evaluated for longer than watchInterval.
	maxGrowth     = 128 << 20
	watchInterval = 20 * time.Millisecond
	// grace is how long a cancelled evaluation has to end before it is left behind.
	grace = time.Second
)

// errLarge says that the memory in use grew by more than maxGrowth.
var errLarge = fmt.Errorf("evaluation took more than %d MiB of memory", maxGrowth>>20)

// isRunaway says whether a rule was stopped for the time or memory it took.
func isRunaway(err error) bool { return errors.Is(err, errSlow) || errors.Is(err, errLarge) }

// watch cancels an evaluation that takes too much time or memory. Most end
// before it has looked once.
type watch struct {
	cancel   topdown.Cancel
	deadline time.Time
	tooSlow  error
	// stopped is closed when the evaluation was cancelled.
	stopped chan struct{}

	mu    sync.Mutex
	timer *time.Timer
	ended bool
	cause error
	// before is the memory in use at the first look, in bytes.
	before uint64
}

// newWatch watches from now on; tooSlow is the error after limit.
func newWatch(cancel topdown.Cancel, limit time.Duration, tooSlow error) *watch {
	w := &watch{cancel: cancel, deadline: time.Now().Add(limit), tooSlow: tooSlow, stopped: make(chan struct{})}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.timer = time.AfterFunc(min(watchInterval, limit), w.look)
	return w
}

// end stops watching and returns why the evaluation was cancelled, nil where it was not.
func (w *watch) end() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ended = true
	w.timer.Stop()
	return w.cause
}

func (w *watch) look() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.ended {
		return
	}
	left := time.Until(w.deadline)
	switch {
	case left <= 0:
		w.cause = w.tooSlow
	case w.tooLarge():
		w.cause = errLarge
	default:
		w.timer.Reset(min(watchInterval, left))
		return
	}
	w.cancel.Cancel()
	close(w.stopped)
}

// tooLarge says whether memory grew beyond the bound, garbage left aside.
func (w *watch) tooLarge() bool {
	used := heapInUse()
	if w.before == 0 {
		w.before = used
	}
	if used < w.before+maxGrowth {
		return false
	}
	runtime.GC()
	return heapInUse() >= w.before+maxGrowth
}

// heapInUse is the memory of objects in bytes, with those that are garbage and
// were not swept yet. (Package runtime/metrics would tell more cheaply, but to load it
// costs every start more than these looks cost a run.)
func heapInUse() uint64 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}
