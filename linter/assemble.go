package linter

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/aksnetlint/aksnetlint/linter/engine"
)

// report puts the outcome of a run in order and counts it.
func (r *run) report(ctx context.Context, documents []document) (*Report, error) {
	report := &Report{
		Findings: []Finding{}, Undecided: r.undecided, Suppressed: []Suppressed{}, Skipped: r.skipped,
		Rules: r.rules, Failures: r.failures,
	}
	var err error
	if report.Findings, report.Suppressed, err = r.filter(ctx, documents); err != nil {
		return nil, err
	}
	if report.Undecided == nil {
		report.Undecided = []Undecided{}
	}
	slices.SortStableFunc(report.Undecided, func(a, b Undecided) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), strings.Compare(a.Rule, b.Rule), strings.Compare(a.Resource, b.Resource))
	})
	report.Undecided = slices.CompactFunc(report.Undecided, func(a, b Undecided) bool {
		return a.Rule == b.Rule && a.Resource == b.Resource && a.Place == b.Place
	})
	if report.Skipped == nil {
		report.Skipped = []Skipped{}
	}
	slices.SortStableFunc(report.Skipped, func(a, b Skipped) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), strings.Compare(a.Reason, b.Reason))
	})
	report.Skipped = slices.Compact(report.Skipped)
	if r.opts.Fixes && !r.stopped {
		if err := r.addFixes(ctx, report); err != nil {
			return nil, err
		}
	}
	r.summary.Rules = len(r.rules)
	r.hideSecretLines(report, documents)
	report.count(r.summary)
	return report, nil
}

// interruptedReport is the report of a run that was stopped: what it found so
// far. The context is done, so little is asked of it.
func (r *run) interruptedReport(ctx context.Context, stopped *Interrupted, documents []document) (*Report, error) {
	r.stopped = true
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), reportTime)
	defer cancel()
	report, err := r.report(ctx, documents)
	if err != nil {
		return nil, fmt.Errorf("%w, and then: %w", stopped, err)
	}
	report.Interrupted = stopped
	return report, nil
}

// reportTime bounds what an interrupted run does before it ends.
const reportTime = 2 * time.Second

// filter gives each finding its severity and takes out those that an ignore
// accepts, the baseline knows or the change does not touch.
func (r *run) filter(ctx context.Context, documents []document) (kept []Finding, suppressed []Suppressed, err error) {
	findings := make([]Finding, 0, len(r.findings.list))
	for _, f := range r.findings.list {
		findings = append(findings, *f)
	}
	findings = r.levelled(findings)
	slices.SortStableFunc(findings, byPlace)
	fingerprints(findings)
	var ignores []*ignore
	for _, doc := range documents {
		ignores = append(ignores, doc.ignores...)
	}
	suppressed = []Suppressed{}
	kept, out := r.applyIgnores(findings, ignores)
	suppressed = append(suppressed, out...)
	kept, out = r.applyConfigIgnores(kept)
	suppressed = append(suppressed, out...)
	slices.SortStableFunc(kept, byPlace)
	fingerprints(kept)
	if r.opts.Baseline != "" {
		known, err := readBaseline(r.opts.Baseline)
		if err != nil {
			return nil, nil, err
		}
		kept, out = applyBaseline(kept, known)
		suppressed = append(suppressed, out...)
	}
	if r.opts.ChangedSince != "" {
		changed, err := changedSince(ctx, r.folder(), r.opts.ChangedSince)
		if err != nil {
			return nil, nil, err
		}
		kept, out = applyChanged(kept, changed, r.opts.ChangedLines)
		suppressed = append(suppressed, out...)
	}
	if kept == nil {
		kept = []Finding{}
	}
	return kept, suppressed, nil
}

// count fills in the summary.
func (report *Report) count(summary Summary) {
	for _, f := range report.Findings {
		switch f.Severity {
		case engine.Error:
			summary.Errors++
		case engine.Warning:
			summary.Warnings++
		default:
			summary.Notes++
		}
	}
	summary.Undecided = len(report.Undecided)
	summary.Suppressed = len(report.Suppressed)
	summary.Skipped = len(report.Skipped)
	report.Summary = summary
}

// Err is the error of a run in which a rule could not be evaluated: all others
// were, and the report holds what they found.
func (report *Report) Err() error {
	var errs []error
	seen := map[string]bool{}
	for _, f := range report.Failures {
		text := fmt.Sprintf("rule %s (%s): %s", f.Rule, f.Place, f.Message)
		if !seen[text] {
			seen[text] = true
			errs = append(errs, errors.New(text))
		}
	}
	return errors.Join(errs...)
}
