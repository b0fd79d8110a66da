package ruletest

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/aksnetlint/aksnetlint/linter"
	"github.com/aksnetlint/aksnetlint/linter/engine"
)

// maxDoubted bounds the values of one resource that are doubted; of more, an
// even sample is.
const maxDoubted = 500

// doubt replaces each value in a case by one that is not known, one at a time.
// No violation of the rule may appear, and each one that goes must become
// undecided.
func (s *suite) doubt(ctx context.Context, name string) (Test, error) {
	test := Test{Kind: Unknown, Suite: s.rule, Name: name, Place: s.file, Passed: true}
	start := time.Now()
	subjects, err := s.linter.Subjects(ctx, filepath.Join(s.dir, filepath.FromSlash(name)))
	if err != nil {
		return test, fmt.Errorf("%s: %s: %w", s.file, name, err)
	}
	targets := s.rules[s.rule].Targets
	for _, subject := range subjects {
		if !slices.ContainsFunc(targets, func(t string) bool { return strings.EqualFold(t, subject.Kind) }) {
			continue
		}
		problems, err := s.doubtSubject(ctx, subject)
		if err != nil {
			return test, err
		}
		if len(problems) > 0 {
			test.Passed = false
			test.Message = strings.TrimSpace(test.Message + "\n" + strings.Join(problems, "\n"))
		}
	}
	test.Duration = time.Since(start)
	return test, nil
}

func (s *suite) doubtSubject(ctx context.Context, subject linter.Subject) ([]string, error) {
	before, err := s.linter.Evaluate(ctx, subject, s.rule)
	if err != nil {
		return nil, err
	}
	var leaves [][]any
	for _, part := range []string{"resource", "deployment"} {
		if v, ok := subject.Input[part]; ok {
			eachLeaf(v, []any{part}, func(leaf []any) { leaves = append(leaves, leaf) })
		}
	}
	stride := 1 + (len(leaves)-1)/maxDoubted
	var problems []string
	for i := 0; i < len(leaves); i += stride {
		doubted := subject
		doubted.Input = replaced(subject.Input, leaves[i]).(map[string]any)
		after, err := s.linter.Evaluate(ctx, doubted, s.rule)
		if err != nil {
			return nil, err
		}
		problems = append(problems, difference(leaves[i], before, after)...)
	}
	return problems, nil
}

// difference lists what must not happen when one more value is unknown.
func difference(leaf []any, before, after engine.Result) []string {
	var problems []string
	known := map[string]bool{}
	for _, h := range before.Hits {
		known[hitKey(h)] = true
	}
	for _, h := range after.Hits {
		if !known[hitKey(h)] {
			problems = append(problems, fmt.Sprintf("with %s unknown a violation appears: %s", pathText(leaf), h.Message))
		}
		delete(known, hitKey(h))
	}
	if len(known) > 0 && len(after.Undecided) == 0 {
		problems = append(problems, fmt.Sprintf("with %s unknown a violation goes and the rule is not undecided", pathText(leaf)))
	}
	for _, f := range after.Failures {
		problems = append(problems, fmt.Sprintf("with %s unknown the rule fails at %s: %s", pathText(leaf), f.Place, f.Message))
	}
	return problems
}

func hitKey(h engine.Hit) string {
	return fmt.Sprint(h.Resource, h.Path, h.Severity, h.Message)
}

func pathText(path []any) string {
	var b strings.Builder
	b.WriteString("input")
	for _, step := range path {
		if name, ok := step.(string); ok {
			fmt.Fprintf(&b, "[%q]", name)
			continue
		}
		fmt.Fprintf(&b, "[%v]", step)
	}
	return b.String()
}

// filledIn are the members that the linter itself provides and that are always
// known: what a resource is, and the index of the deployment.
var filledIn = []string{"id", "type", "kind", "apiVersion", "by_type", "context"}

// eachLeaf calls do with the path of each value below a part of the input, in
// a fixed order.
func eachLeaf(v any, path []any, do func([]any)) {
	if len(path) > 1 {
		do(slices.Clone(path))
	}
	switch v := v.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if !slices.Contains(filledIn, name) {
				eachLeaf(v[name], append(path, name), do)
			}
		}
	case []any:
		for i := range v {
			eachLeaf(v[i], append(path, i), do)
		}
	}
}

// replaced is a copy of v with an unknown value at the path.
func replaced(v any, path []any) any {
	if len(path) == 0 {
		return &engine.Unknown{}
	}
	switch v := v.(type) {
	case map[string]any:
		c := maps.Clone(v)
		name, _ := path[0].(string)
		c[name] = replaced(v[name], path[1:])
		return c
	case []any:
		c := slices.Clone(v)
		if i, ok := path[0].(int); ok {
			c[i] = replaced(v[i], path[1:])
		}
		return c
	}
	return v
}
