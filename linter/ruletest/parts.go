package ruletest

import (
	"context"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter"
	"github.com/aksnetlint/aksnetlint/linter/engine"
	"github.com/aksnetlint/aksnetlint/linter/engine/bundle"
	"github.com/aksnetlint/aksnetlint/policies"
)

// Parts checks the rules below a folder and gathers what a bundle of them
// holds.
func Parts(ctx context.Context, dir string) (bundle.Parts, error) {
	l, err := linter.New(ctx, linter.Options{Rules: []string{dir}})
	if err != nil {
		return bundle.Parts{}, err
	}
	contents, err := bundle.Load(ctx, dir, bundle.Options{})
	if err != nil {
		return bundle.Parts{}, err
	}
	parts := bundle.Parts{Params: map[string]any{}}
	for _, m := range contents.Modules {
		m.Path = strings.TrimPrefix(strings.TrimPrefix(m.Path, strings.TrimSuffix(dir, "/")), "/")
		parts.Modules = append(parts.Modules, m)
	}
	for _, m := range policies.Modules() {
		if strings.HasPrefix(m.Path, "lib/") {
			parts.Libraries = append(parts.Libraries, engine.Module{Path: m.Path, Text: m.Text})
		}
	}
	for id, r := range customRules(l.Rules()) {
		if r.Params != nil {
			parts.Params[id] = r.Params
		}
	}
	return parts, nil
}

// AllModules are the built-in modules and those of the given folders and
// bundles.
func AllModules(ctx context.Context, sources []string) ([]engine.Module, error) {
	var modules []engine.Module
	for _, m := range policies.Modules() {
		modules = append(modules, engine.Module{Path: m.Path, Text: m.Text})
	}
	for _, source := range sources {
		contents, err := bundle.Load(ctx, source, bundle.Options{})
		if err != nil {
			return nil, err
		}
		modules = append(modules, contents.Modules...)
	}
	return modules, nil
}
