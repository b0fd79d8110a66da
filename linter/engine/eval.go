package engine

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/metrics"
	"github.com/open-policy-agent/opa/v1/topdown"
	"github.com/open-policy-agent/opa/v1/topdown/print"
)

// Input is what rules judge: one resource, and what stands around it. Parts
// that are nil are absent.
type Input struct {
	// Kind picks the rules: a Kubernetes kind, group/Kind or an ARM resource
	// type. Compared without regard to case.
	Kind       string
	Resource   *Document
	Deployment *Document
	Workspace  *Document
	// Only are the ids of the rules to judge by; empty for all that target the
	// kind.
	Only []string
}

// Eval judges one resource by the rules whose targets hold its kind. A
// rule that cannot be evaluated is a Failure and the others go on; the error
// is for what concerns all rules (they do not compile, the context is done, or
// ErrWithheld).
func (e *Engine) Eval(ctx context.Context, in Input) (Result, error) {
	v, err := e.viewOf(ctx, in.Kind)
	if err != nil {
		return Result{}, err
	}
	var res Result
	v = v.only(in.Only)
	for _, q := range v.rules {
		res.Evaluated = append(res.Evaluated, q.rule.ID)
	}
	if err := e.judge(ctx, v, in, &res); err != nil {
		return Result{}, err
	}
	if err := ctx.Err(); err != nil {
		return Result{}, fmt.Errorf("evaluating rules: %w", err)
	}
	return res, nil
}

// judge asks the rules that have to be asked.
func (e *Engine) judge(ctx context.Context, v *view, in Input, res *Result) error {
	shape, learned := v.forShape(ctx, e, in)
	unknowns, withheld := in.unknowns(), in.withheld()
	if withheld || len(unknowns) > 0 { // then a text may be none
		for _, rule := range shape.fixed {
			shape.asked.add(rule.index)
		}
	}
	asked := v
	if learned {
		asked = v.part(shape.asked)
	}
	ev := newEvaluation(e, asked, in)
	switch {
	case withheld:
		return ev.runWithheld(ctx, in.value(false), unknowns, res)
	case len(unknowns) > 0:
		ev.runUnknown(ctx, in.value(false), unknowns, res)
	default:
		ev.run(ctx, res)
		ev.fixedHits(ctx, shape.fixed, in.Resource, res)
	}
	return nil
}

// only is the view with the named rules alone.
func (v *view) only(ids []string) *view {
	if len(ids) == 0 {
		return v
	}
	part := &view{program: v.program}
	for _, q := range v.rules {
		if slices.Contains(ids, q.rule.ID) {
			part.rules = append(part.rules, q)
		}
	}
	return part
}

// value is the input object, with null for unknowns where plain.
func (in Input) value(plain bool) ast.Value {
	pairs := make([][2]*ast.Term, 0, 3)
	add := func(name string, d *Document) {
		if d == nil {
			return
		}
		value := d.value
		if plain {
			value = d.plain()
		}
		pairs = append(pairs, ast.Item(ast.InternedTerm(name), ast.NewTerm(value)))
	}
	add("resource", in.Resource)
	add("deployment", in.Deployment)
	add("workspace", in.Workspace)
	return ast.NewObject(pairs...)
}

// unknowns are the unknown values of all parts by their variables.
func (in Input) unknowns() map[ast.Var]*Unknown {
	var all []map[ast.Var]*Unknown
	for _, d := range []*Document{in.Resource, in.Deployment, in.Workspace} {
		if d == nil || len(d.unknowns) == 0 || d.whole != nil && (d.whole == in.Deployment || d.whole == in.Workspace) {
			continue
		}
		all = append(all, d.unknowns)
	}
	switch len(all) {
	case 0:
		return nil
	case 1:
		return all[0]
	}
	out := map[ast.Var]*Unknown{}
	for _, unknowns := range all {
		maps.Copy(out, unknowns)
	}
	return out
}

// evaluation is one Eval.
type evaluation struct {
	engine *Engine
	view   *view
	// input has null for unknowns.
	input func() ast.Value
}

func newEvaluation(e *Engine, v *view, in Input) *evaluation {
	return &evaluation{e, v, sync.OnceValue(func() ast.Value { return in.value(true) })}
}

// run asks all rules at once and, where that fails, each by itself.
func (ev *evaluation) run(ctx context.Context, res *Result) {
	if len(ev.view.all) == 0 {
		// Some rules only: there is no question that asks for just these.
	} else if ev.engine.slow.any(ev.view.rules) {
		// One of them would use up the time of all.
	} else if verdicts, err := ev.ask(ctx, ev.view.all, ev.engine.opts.RuleTime/togetherShare); err == nil {
		for _, q := range ev.view.rules {
			ev.engine.addHits(res, q, verdicts[q.out])
		}
		return
	}
	for _, q := range ev.view.rules {
		ev.runRule(ctx, q, res)
	}
}

func (ev *evaluation) runRule(ctx context.Context, q *query, res *Result) {
	if ctx.Err() != nil {
		return
	}
	if ev.engine.slow.of(q.rule.ID) >= maxSlow {
		res.Failures = append(res.Failures, failure(q, ev.engine.slow.errorOf(q.rule.ID)))
		return
	}
	verdicts, err := ev.ask(ctx, q.body, ev.engine.opts.RuleTime)
	if isRunaway(err) {
		ev.engine.slow.add(q.rule.ID, err)
	}
	if err != nil {
		res.Failures = append(res.Failures, failure(q, err))
		return
	}
	ev.engine.addHits(res, q, verdicts[q.out])
}

// printed is one print() call of an evaluation.
type printed struct{ place, text string }

// Print implements OPA's hook.
func (p *prints) Print(c print.Context, text string) error {
	p.add(c.Location, text)
	return nil
}

func (p *prints) add(loc *ast.Location, text string) {
	if len(p.list) < maxPrints {
		p.list = append(p.list, printed{place(loc), cut(text, maxMessage)})
	}
}

// show hands on what was held back.
func (p *prints) show(to func(place, text string)) {
	for _, one := range p.list {
		to(one.place, one.text)
	}
	p.list = nil
}

// prints holds back what an evaluation prints until it is known to stand: all
// rules are asked again one by one where they fail together.
type prints struct{ list []printed }

// maxPrints bounds the print() calls of one evaluation.
const maxPrints = 1000

// togetherShare is the part of the time of one rule that all have together before
// each is asked alone.
const togetherShare = 4

// ask runs a query within a time and returns its one solution.
func (ev *evaluation) ask(ctx context.Context, body ast.Body, limit time.Duration) (topdown.QueryResult, error) {
	cancel := topdown.NewCancel()
	stop := context.AfterFunc(ctx, cancel.Cancel)
	defer stop()
	w := newWatch(cancel, limit, ev.engine.slowError())
	verdicts, out, err := ev.answer(ctx, body, cancel, w)
	cause := w.end()
	if err != nil {
		if topdown.IsCancel(err) && ctx.Err() == nil && cause != nil {
			return nil, cause
		}
		return nil, err
	}
	out.show(ev.engine.opts.Print)
	return verdicts, nil
}

// answer runs a query. One that holds custom rules and does not end soon after it
// was cancelled, in a built-in that does not listen, is left behind.
func (ev *evaluation) answer(ctx context.Context, body ast.Body, cancel topdown.Cancel, w *watch) (topdown.QueryResult, prints, error) {
	if !ev.engine.custom {
		return ev.iterate(ctx, body, cancel)
	}
	type answer struct {
		verdicts topdown.QueryResult
		out      prints
		err      error
	}
	done := make(chan answer, 1)
	go func() {
		verdicts, out, err := ev.iterate(ctx, body, cancel)
		done <- answer{verdicts, out, err}
	}()
	select {
	case a := <-done:
		return a.verdicts, a.out, a.err
	case <-w.stopped:
	case <-ctx.Done():
	}
	select {
	case a := <-done:
		return a.verdicts, a.out, a.err
	case <-time.After(grace):
		return nil, prints{}, &topdown.Error{Code: topdown.CancelErr}
	}
}

// iterate runs a query until it is cancelled.
func (ev *evaluation) iterate(ctx context.Context, body ast.Body, cancel topdown.Cancel) (verdicts topdown.QueryResult, out prints, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("evaluation failed: %v", r)
		}
	}()
	prog := ev.view.program
	q := topdown.NewQuery(body).
		WithCompiler(prog.compiler).
		WithStore(prog.store).
		WithTransaction(prog.txn).
		WithInput(ast.NewTerm(ev.input())).
		WithCancel(cancel).
		WithMetrics(metrics.NoOp()).
		WithTime(time.Unix(0, 0)).
		WithStrictBuiltinErrors(true)
	if ev.engine.opts.Print != nil {
		q = q.WithPrintHook(&out)
	}
	err = q.Iter(ctx, func(r topdown.QueryResult) error {
		verdicts = r
		return nil
	})
	return verdicts, out, err
}

// failure makes the Failure of a rule from an error of its evaluation.
func failure(q *query, err error) Failure {
	f := Failure{Rule: q.rule.ID, Place: q.place, Message: cut(err.Error(), maxMessage)}
	var at *topdown.Error
	if errors.As(err, &at) {
		f.Message = cut(strings.TrimSpace(at.Message), maxMessage)
		if at.Location != nil {
			f.Place = place(at.Location)
		}
	}
	return f
}
