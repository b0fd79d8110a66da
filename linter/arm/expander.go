package arm

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm/expr"
	"github.com/aksnetlint/aksnetlint/linter/arm/function"
	"github.com/aksnetlint/aksnetlint/linter/arm/value"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// expander is the state of one Expand.
type expander struct {
	ctx     context.Context
	opts    Options
	limits  Limits
	budget  *function.Budget
	out     *Deployment
	told    map[told]int // place in out.Diagnostics
	found   int          // diagnostics found, with those not kept
	mute    bool
	running []string // labels of the thunks that run
	// outputs is set once the resources are done: what is read from then on
	// no resource hangs on.
	outputs      bool
	copyElements int64
	nested       int
	labels       map[string]int
	linked       map[string]*source.Document
	parsed       map[*source.Node]*expr.Expression
	// reportExpression is one function for all expressions.
	reportExpression func(function.Diagnostic)
	// reads are the parameters that the value being computed hangs on, changed
	// those that differ from the first expansion's.
	reads, changed reads
}

// told identifies a diagnostic, so that the turns of a loop tell it once.
type told struct {
	file    *source.File
	at      int
	message string
}

// Expand evaluates a template. What is wrong with the template is in the
// diagnostics of the result; an error means that the document is no JSON object or that
// ctx ended.
func Expand(ctx context.Context, template *source.Document, opts Options) (*Deployment, error) {
	if template == nil || template.Root == nil || template.Root.Kind != source.Object {
		return nil, errors.New("expanding a template: the document is not an object")
	}
	limits := opts.Limits.withDefaults()
	bounded, cancel := context.WithTimeout(ctx, limits.Time)
	defer cancel()
	scope, _ := TemplateScope(template)
	if opts.Scope != nil {
		scope = *opts.Scope
	}
	x := &expander{
		ctx: bounded, opts: opts, limits: limits,
		budget: function.NewBudget(bounded, limits.Evaluation),
		out:    &Deployment{Template: template, Scope: scope},
		told:   map[told]int{}, labels: map[string]int{},
		linked: map[string]*source.Document{}, parsed: map[*source.Node]*expr.Expression{},
	}
	x.reportExpression = expressionReporter(x)
	if opts.Reuse != nil {
		x.parsed = opts.Reuse.parsed
	}
	x.run(template, scope)
	if opts.Reuse != nil {
		opts.Reuse.end()
	}
	if ctx.Err() != nil {
		return nil, fmt.Errorf("expanding %s: %w", template.File.Path, context.Cause(ctx))
	}
	return x.out, nil
}

func (x *expander) run(template *source.Document, scope Scope) {
	root := x.rootFrame(template, scope)
	x.out.root = root
	if x.opts.Reuse != nil {
		x.opts.Reuse.begin(x, root)
	}
	e := &env{x: x, frame: root}
	u := &unit{x: x, node: template.Root, target: root.target, env: e}
	e.unit = u
	u.declare()
	u.emit()
	x.outputs = true
	x.out.Outputs = u.outputs()
	units := x.emitNested(u)
	for _, u := range append(units, u) {
		x.emitExisting(u)
	}
	x.out.Parameters = root.summary()
}

// report adds a diagnostic, once.
func (x *expander) report(d Diagnostic) {
	x.found++
	if x.mute || len(x.out.Diagnostics) > x.limits.Diagnostics {
		return
	}
	key := told{message: d.Code + " " + d.Message}
	if d.Origin != nil {
		key.file, key.at = d.Origin.File, d.Origin.Span.Start
	}
	if n, ok := x.told[key]; ok {
		// What was uncertain at one place may be certain at another.
		x.out.Diagnostics[n].Severity = min(x.out.Diagnostics[n].Severity, d.Severity)
		return
	}
	x.told[key] = len(x.out.Diagnostics)
	if len(x.out.Diagnostics) == x.limits.Diagnostics {
		d = Diagnostic{Code: CodeLimit, Severity: Error, Origin: d.Origin,
			Message: fmt.Sprintf("there are more than %d diagnostics; the rest is left out", x.limits.Diagnostics)}
	}
	x.out.Diagnostics = append(x.out.Diagnostics, d)
}

// fail reports an error and returns the unknown value that stands there
// instead. An error on a branch that may not be taken is a note.
func (x *expander) fail(code string, at *value.Origin, format string, args ...any) *value.Value {
	severity := Error
	if x.budget.Speculating() {
		severity = Note
	}
	x.report(Diagnostic{Code: code, Severity: severity, Message: fmt.Sprintf(format, args...), Origin: at})
	reason := value.TemplateError
	if code == CodeLimit {
		reason = value.Limit
	}
	return value.NewUnknown(&value.Doubt{Reason: reason, Origin: at}).WithOrigin(at)
}

// thunk is a value that is computed when it is first asked for.
type thunk struct {
	state thunkState
	value *value.Value
	// reads are the parameters that the value hangs on.
	reads reads
}

type thunkState uint8

const (
	fresh thunkState = iota
	runs
	done
)

// known is the value of a thunk that was computed, nil for another one.
func (x *expander) known(t *thunk) *value.Value {
	if t.state != done {
		return nil
	}
	x.reads |= t.reads
	return t.value
}

// force returns the value of a thunk. A thunk that needs itself is a circular
// reference.
func (x *expander) force(t *thunk, label string, at *value.Origin, compute func() *value.Value) *value.Value {
	switch t.state {
	case done:
		x.reads |= t.reads
		return t.value
	case runs:
		return x.fail(CodeCycle, at, "Circular reference: %s.", x.cycle(label))
	}
	if err := x.budget.Enter(); err != nil {
		return x.fail(CodeLimit, at, "%s: %v", label, err)
	}
	found, before := x.found, x.reads
	t.state, x.reads = runs, 0
	x.running = append(x.running, label)
	v := compute()
	x.running = x.running[:len(x.running)-1]
	x.budget.Leave()
	if x.found > found {
		// Whoever needs the value finds the errors.
		x.reads = anything
	}
	t.reads = x.reads
	x.reads |= before
	if x.found > found && x.tentative() {
		// The errors were not told, or as uncertain: who needs the value for
		// certain must find them again.
		t.state = fresh
		return v
	}
	t.state, t.value = done, v
	return v
}

// tentative says whether an error found now is not told as one.
func (x *expander) tentative() bool { return x.mute || x.budget.Speculating() }

// cycle shows the thunks from the last one with that label to itself.
func (x *expander) cycle(label string) string {
	start := len(x.running) - 1
	for start > 0 && x.running[start] != label {
		start--
	}
	start = max(start, 0)
	return strings.Join(append(x.running[start:len(x.running):len(x.running)], label), " -> ")
}
