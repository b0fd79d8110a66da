package ruletest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/aksnetlint/aksnetlint/linter"
	"github.com/aksnetlint/aksnetlint/linter/engine"
	"github.com/aksnetlint/aksnetlint/linter/engine/bundle"
	"github.com/aksnetlint/aksnetlint/policies"
)

// Options say what is tested.
type Options struct {
	// Dirs are folders of rules with their tests and cases.
	Dirs []string
	// AsOf is the date (YYYY-MM-DD) that rules see, so that tests do not hang
	// on the day; empty means DefaultDate.
	AsOf string
	// Update writes what the cases find into their want sections.
	Update bool
}

// DefaultDate is the date that rules see in tests.
const DefaultDate = "2026-01-01"

// Kind says how a test was written.
type Kind string

// The kinds of tests.
const (
	Unit    Kind = "unit"
	Case    Kind = "case"
	Unknown Kind = "unknown"
)

// Test is one test with its outcome.
type Test struct {
	Kind Kind
	// Suite is the rule's id, or the package of a unit test.
	Suite string
	Name  string
	// Place is file:line:col or the file of the test.
	Place    string
	Passed   bool
	Skipped  bool
	Message  string
	Duration time.Duration
}

// Outcome is what came of all tests.
type Outcome struct {
	Tests    []Test
	Coverage []engine.Coverage
}

// Failed counts the tests that did not pass.
func (o *Outcome) Failed() int {
	n := 0
	for _, t := range o.Tests {
		if !t.Passed && !t.Skipped {
			n++
		}
	}
	return n
}

// Run runs all tests below the folders. The error is for rules that cannot be
// loaded, and for folders without any test.
func Run(ctx context.Context, opts Options) (*Outcome, error) {
	if opts.AsOf == "" {
		opts.AsOf = DefaultDate
	}
	l, err := linter.New(ctx, linter.Options{Rules: opts.Dirs, Settings: map[string]any{"as_of": opts.AsOf}})
	if err != nil {
		return nil, err
	}
	rules := customRules(l.Rules())
	outcome := &Outcome{}
	if err := runUnits(ctx, opts, rules, outcome); err != nil {
		return nil, err
	}
	for _, dir := range opts.Dirs {
		files, err := caseFiles(ctx, dir)
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			tests, err := runCases(ctx, l, rules, file, opts.Update)
			if err != nil {
				return nil, err
			}
			outcome.Tests = append(outcome.Tests, tests...)
		}
	}
	if len(outcome.Tests) == 0 {
		return nil, errors.New("no tests found: want *_test.rego files, and cases in a txtar file named like the rule")
	}
	return outcome, nil
}

func customRules(all []engine.Rule) map[string]engine.Rule {
	rules := map[string]engine.Rule{}
	for _, r := range all {
		if r.Custom {
			rules[r.ID] = r
		}
	}
	return rules
}

// runUnits runs the Rego unit tests, with the defaults of the rules as
// data.params.
func runUnits(ctx context.Context, opts Options, rules map[string]engine.Rule, outcome *Outcome) error {
	var modules []engine.Module
	own := map[string]bool{}
	tests := 0
	for _, dir := range opts.Dirs {
		contents, err := bundle.Load(ctx, dir, bundle.Options{})
		if err != nil {
			return err
		}
		for _, m := range contents.Modules {
			own[m.Path] = true
		}
		tests += len(contents.Tests)
		modules = append(append(modules, contents.Modules...), contents.Tests...)
	}
	if tests == 0 {
		return nil
	}
	for _, m := range policies.Modules() {
		modules = append(modules, engine.Module{Path: "builtin/" + m.Path, Text: m.Text})
	}
	params := map[string]any{}
	for id, r := range rules {
		params[id] = r.Params
		if r.Params == nil {
			params[id] = map[string]any{}
		}
	}
	results, coverage, err := engine.TestModules(ctx, modules, map[string]any{"params": params, "settings": map[string]any{"as_of": opts.AsOf}})
	if err != nil {
		return err
	}
	for _, r := range results {
		outcome.Tests = append(outcome.Tests, Test{
			Kind: Unit, Suite: strings.TrimPrefix(r.Package, "data."), Name: r.Name, Place: r.Place,
			Passed: r.Pass, Skipped: r.Skip, Message: r.Message, Duration: r.Duration,
		})
	}
	for _, c := range coverage {
		if own[c.Path] {
			outcome.Coverage = append(outcome.Coverage, c)
		}
	}
	return nil
}

// caseFiles are the txtar files below a folder.
func caseFiles(ctx context.Context, dir string) ([]string, error) {
	var files []string
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			return err
		case entry.IsDir() && path != dir && strings.HasPrefix(entry.Name(), "."):
			return filepath.SkipDir
		case entry.Type().IsRegular() && filepath.Ext(path) == ".txtar":
			files = append(files, path)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("looking for cases: %w", err)
	}
	slices.Sort(files)
	return files, nil
}
