package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
)

// result is what was measured of a case.
type result struct {
	benchCase
	// size is that of the corpus in bytes.
	size int64
	// own and conftest have one sample a round.
	own, conftest []sample
	// ownFound and conftestFound count what the rule of conftest is about.
	ownFound, conftestFound int
}

// compare runs both programs in turns, and first of all once each to count
// what they find, which also brings the files and the programs into memory.
func compare(ctx context.Context, c benchCase, t tools, dir string, rounds int) (result, error) {
	r := result{benchCase: c}
	var err error
	if r.ownFound, err = countOwn(ctx, c, t, dir); err != nil {
		return r, err
	}
	if r.conftestFound, err = countConftest(ctx, c, t, dir); err != nil {
		return r, err
	}
	own, conftest := t.ownArgs(c, ""), t.conftestArgs(c, "")
	for round := range rounds {
		// Neither of the two always runs in the wake of the other.
		order := []bool{true, false}
		if round%2 == 1 {
			slices.Reverse(order)
		}
		for _, isOwn := range order {
			args, samples := conftest, &r.conftest
			if isOwn {
				args, samples = own, &r.own
			}
			s, err := measured(ctx, dir, args)
			if err != nil {
				return r, err
			}
			*samples = append(*samples, s)
		}
	}
	return r, nil
}

// countOwn counts the findings of aksnetlint that the rule of conftest would
// have too.
func countOwn(ctx context.Context, c benchCase, t tools, dir string) (int, error) {
	out, err := output(ctx, dir, t.ownArgs(c, "json"))
	if err != nil {
		return 0, err
	}
	var report struct{ Findings []struct{ Rule string } }
	if err := json.Unmarshal(out, &report); err != nil {
		return 0, fmt.Errorf("reading the report of aksnetlint: %w", err)
	}
	count := 0
	for _, finding := range report.Findings {
		if slices.Contains(c.rules, finding.Rule) {
			count++
		}
	}
	return count, nil
}

// countConftest counts the denials of conftest.
func countConftest(ctx context.Context, c benchCase, t tools, dir string) (int, error) {
	out, err := output(ctx, dir, t.conftestArgs(c, "json"))
	if err != nil {
		return 0, err
	}
	var files []struct{ Failures []struct{} }
	if err := json.Unmarshal(out, &files); err != nil {
		return 0, fmt.Errorf("reading the report of conftest: %w", err)
	}
	count := 0
	for _, file := range files {
		count += len(file.Failures)
	}
	return count, nil
}
