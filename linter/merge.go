package linter

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
	"github.com/aksnetlint/aksnetlint/linter/engine"
)

// mergeWorlds reports what the worlds of one deployment have in common. A
// finding of the base world, where every parameter has its supplied or default value,
// stands as it is. One that holds in every value of a parameter without a default
// stands as well. One that holds only in others carries its condition, and is a
// warning at most unless all worlds count in full.
func (r *run) mergeWorlds(e *explorer) {
	d, worlds, open := e.deployment, e.worlds, e.open()
	base := d.base.verdict
	if d.module {
		r.dropTemplateErrors(d, worlds)
	}
	for _, key := range sortedKeys(base.findings) {
		f := base.findings[key]
		r.addFinding(d, f)
	}
	for _, key := range findingKeys(worlds) {
		if _, ok := base.findings[key]; ok {
			continue
		}
		f, holds := whereFound(key, worlds)
		if len(open) > 0 && containsAll(holds, open) {
			r.addFinding(d, f)
			continue
		}
		f.When = condition(worlds, holds)
		if !r.opts.AllWorlds && severityRank(f.Severity) < severityRank(engine.Warning) {
			f.Severity = engine.Warning
		}
		r.addFinding(d, f)
	}
	r.mergeUndecided(base, open)
}

func (r *run) addFinding(d *deployment, f Finding) {
	if d.label != "" {
		f.Deployments = []string{d.label}
	}
	r.findings.add(f)
}

// mergeUndecided reports the checks of the base world that stay undecided
// whatever the parameters without a default are.
func (r *run) mergeUndecided(base *verdict, open []*world) {
	for _, key := range slices.SortedFunc(maps.Keys(base.undecided), compareChecks) {
		stays := len(open) == 0
		for _, w := range open {
			if _, ok := w.verdict.undecided[key]; ok {
				stays = true
			}
		}
		if stays {
			r.undecided = append(r.undecided, base.undecided[key])
		}
	}
}

func sortedKeys(findings map[findingKey]Finding) []findingKey {
	return slices.SortedFunc(maps.Keys(findings), func(a, b findingKey) int {
		return cmp.Or(strings.Compare(a.file, b.file), cmp.Compare(a.line, b.line), cmp.Compare(a.column, b.column),
			strings.Compare(a.rule, b.rule), strings.Compare(a.message, b.message))
	})
}

// findingKeys are the keys of all findings of the worlds, in order.
func findingKeys(worlds []*world) []findingKey {
	all := map[findingKey]Finding{}
	for _, w := range worlds {
		maps.Copy(all, w.verdict.findings)
	}
	return sortedKeys(all)
}

func whereFound(key findingKey, worlds []*world) (f Finding, holds []*world) {
	for _, w := range worlds {
		if found, ok := w.verdict.findings[key]; ok {
			f = found
			holds = append(holds, w)
		}
	}
	return f, holds
}

func containsAll(all, some []*world) bool {
	for _, w := range some {
		if !slices.Contains(all, w) {
			return false
		}
	}
	return true
}

// condition is the smallest condition that tells the worlds in which a finding
// holds from the others: as few parameters as can do it, each with the values
// that bring the finding about. Parameters that a world does not mention have
// their default there.
func condition(worlds, holds []*world) []Condition {
	names := parameterNames(worlds)
	for size := 1; size <= len(names); size++ {
		for _, chosen := range subsets(names, size) {
			if values, ok := separates(chosen, worlds, holds); ok {
				return values
			}
		}
	}
	// No box of values tells them apart: name one world in which it holds.
	return witness(names, holds[0])
}

// parameterNames are the parameters that any of the worlds assigns, in the order
// of the template.
func parameterNames(worlds []*world) []string {
	assigned := map[string]bool{}
	for _, w := range worlds {
		for _, a := range w.assignments {
			assigned[a.parameter] = true
		}
	}
	var names []string
	for _, p := range worlds[0].parameters {
		if assigned[p.Name] {
			names = append(names, p.Name)
		}
	}
	return names
}

// subsets are the subsets of the given size, in the order of the names.
func subsets(names []string, size int) [][]string {
	if size == 0 {
		return [][]string{nil}
	}
	var all [][]string
	for i := range names {
		for _, rest := range subsets(names[i+1:], size-1) {
			all = append(all, append([]string{names[i]}, rest...))
		}
	}
	return all
}

// separates says whether the values of the chosen parameters alone tell where
// the finding holds, and whether they do so as a product of value sets.
func separates(chosen []string, worlds, holds []*world) ([]Condition, bool) {
	in := map[string]bool{}
	values := make([][]*value.Value, len(chosen))
	for _, w := range holds {
		in[project(chosen, w)] = true
		for i, name := range chosen {
			v := valueIn(w, name)
			if v == nil {
				return nil, false
			}
			if !slices.ContainsFunc(values[i], func(known *value.Value) bool { return valueKey(known) == valueKey(v) }) {
				values[i] = append(values[i], v)
			}
		}
	}
	product := 1
	for _, vs := range values {
		product *= len(vs)
	}
	if product != len(in) {
		return nil, false
	}
	for _, w := range worlds {
		if in[project(chosen, w)] && !slices.Contains(holds, w) {
			return nil, false
		}
	}
	conditions := make([]Condition, len(chosen))
	for i, name := range chosen {
		conditions[i].Parameter = name
		for _, v := range values[i] {
			conditions[i].Values = append(conditions[i].Values, v.ToAny(nil))
		}
	}
	return conditions, true
}

// project is a key of the values that a world gives to the chosen parameters.
func project(chosen []string, w *world) string {
	var b strings.Builder
	for _, name := range chosen {
		if v := valueIn(w, name); v != nil {
			b.WriteString(valueKey(v))
		}
		b.WriteByte(0)
	}
	return b.String()
}

// valueIn is the value of a parameter in a world: the assigned one, or what the
// expansion used.
func valueIn(w *world, name string) *value.Value {
	for _, a := range w.assignments {
		if a.parameter == name {
			return a.value
		}
	}
	for _, p := range w.parameters {
		if p.Name == name && p.Value != nil && p.Value.Kind != value.Unknown {
			return p.Value
		}
	}
	return nil
}

// witness is the world itself as a condition.
func witness(names []string, w *world) []Condition {
	var conditions []Condition
	for _, name := range names {
		if v := valueIn(w, name); v != nil {
			conditions = append(conditions, Condition{Parameter: name, Values: []any{v.ToAny(nil)}})
		}
	}
	return conditions
}

// dropTemplateErrors takes the errors of a template out that another one of
// the run deploys: with the values that it gets there they may not be.
func (r *run) dropTemplateErrors(d *deployment, worlds []*world) {
	dropped := dropRule(d.base.verdict, ruleTemplateError)
	for _, w := range worlds {
		dropped = max(dropped, dropRule(w.verdict, ruleTemplateError))
	}
	if dropped > 0 {
		r.skipped = append(r.skipped, Skipped{File: d.template.File.Path, Reason: fmt.Sprintf(
			"%d errors of its defaults are not reported: a template that other templates deploy, with values that are not known here", dropped)})
	}
}

// dropRule takes the findings of a rule out of a verdict and counts them.
func dropRule(v *verdict, rule string) int {
	before := len(v.findings)
	maps.DeleteFunc(v.findings, func(key findingKey, _ Finding) bool { return key.rule == rule })
	return before - len(v.findings)
}
