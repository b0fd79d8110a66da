package ruletest

import (
	"context"
	"strings"
	"testing"

	"github.com/aksnetlint/aksnetlint/linter/engine"
)

// The rules of testdata/custom are written as teams write them; all their
// tests and cases pass, also with every value in doubt.
func TestTeamRules(t *testing.T) {
	outcome, err := Run(context.Background(), Options{Dirs: []string{"../../testdata/custom"}})
	if err != nil {
		t.Fatal(err)
	}
	rules := map[string]map[Kind]int{}
	for _, test := range outcome.Tests {
		if !test.Passed {
			t.Errorf("%s %s %s: %s", test.Kind, test.Suite, test.Name, test.Message)
		}
		if test.Kind == Unit {
			continue
		}
		if rules[test.Suite] == nil {
			rules[test.Suite] = map[Kind]int{}
		}
		rules[test.Suite][test.Kind]++
	}
	if len(rules) != 10 {
		t.Errorf("%d rules have cases, want 10", len(rules))
	}
	for rule, kinds := range rules {
		if kinds[Case] < 2 || kinds[Unknown] != kinds[Case] {
			t.Errorf("%s: %v", rule, kinds)
		}
	}
	if outcome.Percent() < 100 {
		t.Errorf("coverage: %+v", outcome.Coverage)
	}
}

// The check of unknown values can fail.
func TestDifference(t *testing.T) {
	hit := engine.Hit{Rule: "r", Message: "m"}
	for _, c := range []struct {
		name          string
		before, after engine.Result
		want          string
	}{
		{"appears", engine.Result{}, engine.Result{Hits: []engine.Hit{hit}}, `with input["resource"]["a"][0] unknown a violation appears: m`},
		{"goes", engine.Result{Hits: []engine.Hit{hit}}, engine.Result{}, "goes and the rule is not undecided"},
		{"undecided", engine.Result{Hits: []engine.Hit{hit}}, engine.Result{Undecided: []engine.Undecided{{Rule: "r"}}}, ""},
		{"stays", engine.Result{Hits: []engine.Hit{hit}}, engine.Result{Hits: []engine.Hit{hit}}, ""},
		{"fails", engine.Result{}, engine.Result{Failures: []engine.Failure{{Rule: "r", Message: "broken"}}}, "broken"},
	} {
		got := strings.Join(difference([]any{"resource", "a", 0}, c.before, c.after), "\n")
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
