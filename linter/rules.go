package linter

import (
	"context"
	"maps"
	"path/filepath"
	"slices"
	"time"

	"github.com/aksnetlint/aksnetlint/linter/adopt"
	"github.com/aksnetlint/aksnetlint/linter/engine"
	"github.com/aksnetlint/aksnetlint/linter/engine/bundle"
	"github.com/aksnetlint/aksnetlint/policies"
)

// newEngine loads the built-in rules and those that the options name, with the
// settings of the run.
func newEngine(ctx context.Context, opts Options) (*engine.Engine, error) {
	settings := map[string]any{"as_of": time.Now().UTC().Format(time.DateOnly)}
	for name, v := range opts.Settings {
		settings[name] = v
	}
	modules := builtinModules()
	packed := packOf(ctx, modules, opts.Cache)
	seen := map[string]bool{}
	for _, source := range opts.Rules {
		// The command line and the configuration may name the same folder.
		if full, err := filepath.Abs(source); err == nil && seen[full] {
			continue
		} else if err == nil {
			seen[full] = true
		}
		custom, err := adopt.Load(ctx, source, bundle.Options{Key: opts.RulesKey, Fetch: opts.AllowFetch})
		if err != nil {
			return nil, err
		}
		modules = append(modules, custom.Modules...)
	}
	for _, path := range slices.Sorted(maps.Keys(opts.Modules)) {
		modules = append(modules, engine.Module{Path: path, Text: []byte(opts.Modules[path]), Custom: true})
	}
	return engine.New(ctx, engine.Options{
		Modules: modules, Pack: packed, Params: opts.RuleParams, Settings: settings, Schemas: policies.Schemas(), Print: opts.Print,
	})
}

func builtinModules() []engine.Module {
	var modules []engine.Module
	for _, path := range policies.Paths() {
		modules = append(modules, engine.Module{Path: path, Read: func() []byte { return policies.Text(path) }})
	}
	return modules
}

// families are the folders of built-in rules in the order in which people read
// about them; those of custom rules follow.
var families = []string{"service", "subnet", "kubenet", "cidr", "outbound", "join", "input"}

func familyRank(r engine.Rule) int {
	if i := slices.Index(families, r.Family); i >= 0 && !r.Custom {
		return i
	}
	return len(families)
}
