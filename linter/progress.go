package linter

// stage tells Options.Progress about a part of the run. What it returns is
// called, from any goroutine, as each of the total things is done.
func (r *run) stage(name string, total int) (done func()) {
	if r.opts.Progress == nil || total == 0 {
		return func() {}
	}
	n := 0
	return func() {
		r.progress.Lock()
		defer r.progress.Unlock()
		n++
		r.opts.Progress(name, n, total)
	}
}
