package linter

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/aksnetlint/aksnetlint/linter/config"
	"github.com/aksnetlint/aksnetlint/linter/engine"
)

// off is the severity that switches a rule off.
const off = "off"

// withConfig fills what the options leave open from the configuration.
func withConfig(opts Options) (Options, error) {
	c := opts.Config
	if c == nil {
		return opts, nil
	}
	if err := checkValues(c); err != nil {
		return opts, err
	}
	for _, field := range []struct {
		option *string
		value  string
	}{
		{&opts.Subscription, c.Target.Subscription}, {&opts.ResourceGroup, c.Target.ResourceGroup},
		{&opts.Location, c.Target.Location}, {&opts.Tenant, c.Target.Tenant},
	} {
		if *field.option == "" {
			*field.option = field.value
		}
	}
	opts.Settings = withDefaults(opts.Settings, configSettings(c))
	set := maps.Clone(opts.Set)
	if set == nil {
		set = map[string]string{}
	}
	for name, v := range c.Parameters {
		text, err := json.Marshal(v)
		if err != nil {
			return opts, fmt.Errorf("%s: parameter %q: %w", c.Place("parameters", name), name, err)
		}
		if _, given := set[name]; !given {
			set[name] = string(text)
		}
	}
	opts.Set = set
	facts, err := configPaths(c, "facts", c.Facts)
	if err != nil {
		return opts, err
	}
	opts.Facts = append(slices.Clone(opts.Facts), facts...)
	rules, err := configPaths(c, "rules", c.Rules)
	if err != nil {
		return opts, err
	}
	opts.Rules = append(slices.Clone(opts.Rules), rules...)
	if opts.Baseline == "" && c.Baseline != "" {
		paths, err := configPaths(c, "baseline", []string{c.Baseline})
		if err != nil {
			return opts, err
		}
		opts.Baseline = paths[0]
	}
	if opts.RuleParams == nil {
		opts.RuleParams = c.Params
	}
	return opts, nil
}

func configSettings(c *config.Config) map[string]any {
	settings := map[string]any{}
	for name, v := range map[string]string{"as_of": c.Settings.AsOf, "kubernetes_version": c.Settings.KubernetesVersion, "ip_model": c.Settings.IPModel} {
		if v != "" {
			settings[name] = v
		}
	}
	if c.Settings.FirstDeployOnly {
		settings["first_deploy_only"] = true
	}
	if len(c.Settings.OnPremCIDRs) > 0 {
		settings["onprem_cidrs"] = anyList(c.Settings.OnPremCIDRs)
	}
	return settings
}

func withDefaults(given, defaults map[string]any) map[string]any {
	all := maps.Clone(defaults)
	maps.Copy(all, given)
	return all
}

// configPaths resolves the paths that a configuration names. They must lie
// below its folder: the file may come with a pull request from a stranger.
func configPaths(c *config.Config, member string, paths []string) ([]string, error) {
	var resolved []string
	for i, p := range paths {
		full, err := configPath(c, p, member, i)
		if err != nil {
			return nil, err
		}
		resolved = append(resolved, full)
	}
	return resolved, nil
}

// configPath resolves one path that stands at a place of the configuration.
func configPath(c *config.Config, p string, place ...any) (string, error) {
	full := filepath.Join(c.Dir, filepath.FromSlash(p))
	within := filepath.IsLocal(filepath.FromSlash(p))
	if target, err := filepath.EvalSymlinks(full); err == nil && within {
		within, _ = isWithin(c.Dir, target)
	}
	if !within {
		return "", fmt.Errorf("%s: %q leads out of the folder of the configuration", c.Place(place...), p)
	}
	return full, nil
}

// checkConfig finds rules and patterns that a configuration names wrongly.
func (r *run) checkConfig() error {
	c := r.opts.Config
	if c == nil {
		return nil
	}
	var errs []error
	known := func(rule string, path ...any) {
		if r.byID[rule] == nil {
			errs = append(errs, fmt.Errorf("%s: unknown rule %q%s", c.Place(path...), rule, DidYouMean(rule, r.ruleIDs())))
		}
	}
	pattern := func(p string, path ...any) {
		if !doublestar.ValidatePattern(p) {
			errs = append(errs, fmt.Errorf("%s: %q is not a valid pattern", c.Place(path...), p))
		}
	}
	for _, rule := range slices.Sorted(maps.Keys(c.Severity)) {
		known(rule, "severity", rule)
	}
	for _, rule := range slices.Sorted(maps.Keys(c.Params)) {
		known(rule, "params", rule)
	}
	for i, o := range c.Overrides {
		for _, rule := range slices.Sorted(maps.Keys(o.Severity)) {
			known(rule, "overrides", i, "severity", rule)
		}
		for j, p := range o.Paths {
			pattern(p, "overrides", i, "paths", j)
		}
	}
	for i, ig := range c.Ignore {
		known(ig.Rule, "ignore", i, "rule")
		if strings.TrimSpace(ig.Reason) == "" {
			errs = append(errs, fmt.Errorf("%s: an ignore needs a reason", c.Place("ignore", i, "reason")))
		}
		for j, p := range ig.Paths {
			pattern(p, "ignore", i, "paths", j)
		}
	}
	for i, p := range c.Exclude {
		pattern(p, "exclude", i)
	}
	return errors.Join(errs...)
}

// configPath is the path of a file as the patterns of the configuration see it.
func (r *run) configPath(name string) string {
	abs, err := filepath.Abs(filepath.FromSlash(name))
	if err != nil {
		return name
	}
	dir, err := filepath.Abs(r.opts.Config.Dir)
	if err != nil {
		return name
	}
	rel, err := filepath.Rel(dir, abs)
	if err != nil {
		return name
	}
	return filepath.ToSlash(rel)
}

// matchesAny says whether a path matches one of the patterns, which were
// checked before.
func matchesAny(patterns []string, path string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		ok, _ := doublestar.Match(strings.TrimPrefix(p, "./"), path)
		return ok
	})
}

// exclude drops the inputs that the configuration excludes.
func (r *run) exclude(inputs []input) []input {
	if r.opts.Config == nil || len(r.opts.Config.Exclude) == 0 {
		return inputs
	}
	var kept []input
	for _, in := range inputs {
		if !in.named && matchesAny(r.opts.Config.Exclude, r.configPath(in.name)) {
			r.skipped = append(r.skipped, Skipped{File: in.name, Reason: "excluded by the configuration"})
			continue
		}
		kept = append(kept, in)
	}
	return kept
}

// levelled gives the findings the severities of the configuration and drops
// those of rules that are switched off. A branch of a rule that is less severe than
// the rule itself is never raised by a setting below it.
func (r *run) levelled(findings []Finding) []Finding {
	if r.opts.Config == nil {
		return findings
	}
	var kept []Finding
	for _, f := range findings {
		level := r.levelOf(f.Rule, f.File)
		if level == off {
			continue
		}
		f.Severity = relevel(f.Severity, r.byID[f.Rule].Severity, engine.Severity(level))
		kept = append(kept, f)
	}
	return kept
}

// levelOf is the configured severity of a rule for a file, empty for none.
func (r *run) levelOf(rule, file string) string {
	c := r.opts.Config
	level := c.Severity[rule]
	for _, o := range c.Overrides {
		if l, ok := o.Severity[rule]; ok && matchesAny(o.Paths, r.configPath(file)) {
			level = l
		}
	}
	return level
}

// relevel moves a finding's severity when its rule's is set to another: one
// at the rule's own severity takes the new one, a milder one stays milder.
func relevel(finding, rule, level engine.Severity) engine.Severity {
	switch {
	case level == "":
		return finding
	case finding == rule, severityRank(finding) < severityRank(level):
		return level
	}
	return finding
}

// configIgnored finds the ignore of the configuration that covers a finding.
func (r *run) configIgnored(f *Finding, used []bool) (reason string, ok bool) {
	for i, ig := range r.opts.Config.Ignore {
		if ig.Rule != f.Rule || len(ig.Paths) > 0 && !matchesAny(ig.Paths, r.configPath(f.File)) {
			continue
		}
		if ig.Resource != "" && !matchesAny([]string{ig.Resource}, f.Resource) {
			continue
		}
		used[i] = true
		return ig.Reason, true
	}
	return "", false
}

// coversConfig says whether the run reads all of the folder that the
// configuration is for: only then can it tell that an entry is not needed.
func (r *run) coversConfig() bool {
	return slices.ContainsFunc(r.paths, func(p string) bool {
		within, err := isWithin(p, r.opts.Config.Dir)
		return err == nil && within
	})
}

// applyConfigIgnores moves what the configuration accepts to suppressed, and
// reports entries that accept nothing.
func (r *run) applyConfigIgnores(findings []Finding) (kept []Finding, suppressed []Suppressed) {
	c := r.opts.Config
	if c == nil || len(c.Ignore) == 0 {
		return findings, nil
	}
	used := make([]bool, len(c.Ignore))
	for _, f := range findings {
		if reason, ok := r.configIgnored(&f, used); ok {
			suppressed = append(suppressed, Suppressed{Finding: f, By: "configuration", Reason: reason})
			continue
		}
		kept = append(kept, f)
	}
	for i, ig := range c.Ignore {
		if !used[i] && !r.stopped && r.coversConfig() {
			place := c.PlaceSpan("ignore", i, "rule")
			message := fmt.Sprintf("ignore has nothing to ignore: %s has no such finding", ig.Rule)
			kept = append(kept, r.finding(ruleUnusedIgnore, message, placeOf(place.File, place.Span)))
		}
	}
	return kept, suppressed
}
