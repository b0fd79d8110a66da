package linter

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/engine"
)

// report puts the outcome of a run in order and counts it.
func (r *run) report() *Report {
	report := &Report{
		Findings: []Finding{}, Undecided: r.undecided, Suppressed: []Suppressed{}, Skipped: r.skipped,
		Rules: r.rules, Failures: r.failures,
	}
	for _, f := range r.findings.list {
		report.Findings = append(report.Findings, *f)
	}
	slices.SortStableFunc(report.Findings, byPlace)
	fingerprints(report.Findings)
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
	r.summary.Rules = len(r.rules)
	report.count(r.summary)
	return report
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
