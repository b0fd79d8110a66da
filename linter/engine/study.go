package engine

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/aksnetlint/aksnetlint/linter/engine/internal/abstract"
)

// study evaluates rules for a resource of which a shape shows a part only.
type study struct {
	engine *Engine
	view   *view
	input  Input
	// data are the base documents of the rules.
	data ast.Value
}

// lesson is what a study finds.
type lesson struct {
	// settled is how many rules need not be asked.
	settled int
	fixed   []fixedRule
	asked   ruleSet
	// wants are the parts that the other rules look at, by their keys in parts.
	wants map[int][]string
	parts map[string][]any
}

// of sorts some rules by what they find where some parts are shown.
func (st study) of(ctx context.Context, shown [][]any, rules ruleSet) lesson {
	found := lesson{wants: map[int][]string{}, parts: map[string][]any{}}
	m := mask{shown: shown, hidden: map[ast.Var][]any{}, kinds: map[ast.Var]string{}}
	resource := newDocument(m.value(st.input.Resource.value, []any{}), nil)
	input := Input{Resource: resource, Workspace: st.input.Workspace}
	interpreter := abstract.New(abstract.Config{Program: st.view.program.references, Data: st.data, Input: input.value(false), Kinds: m.kinds, Blind: true})
	for _, i := range rules.indices() {
		q := st.view.rules[i]
		finds, hits, looked := studyRule(ctx, st.engine, interpreter, q)
		switch {
		case len(looked) > 0:
		case !finds:
			found.settled++
			continue
		case hits != nil:
			found.settled++
			found.fixed = append(found.fixed, fixedRule{q, i, hits, m.hidden})
			continue
		}
		for _, name := range looked {
			// Of a part that is not open all is known that a shape can tell.
			if path, masked := m.hidden[name]; masked && isOpen(partAt(st.input.Resource.value, path)) {
				key := pathKey(path)
				found.parts[key] = path
				found.wants[i] = append(found.wants[i], key)
			}
		}
		if len(found.wants[i]) == 0 {
			found.asked.add(i)
		}
	}
	return found
}

// branch divides rules by the parts that they look at: those that there are branches
// for first, then the part that most of them want, and of several the shortest. What
// all rules of a branch want is shown together.
func (st study) branch(branches []*branch, wants map[int][]string, parts map[string][]any) []*branch {
	take := func(b *branch) {
		for i, keys := range wants {
			if !slices.ContainsFunc(b.next, func(path []any) bool { return !slices.Contains(keys, pathKey(path)) }) {
				b.rules.add(i)
				delete(wants, i)
			}
		}
	}
	for _, b := range branches {
		take(b)
	}
	for len(wants) > 0 {
		wanted := map[string]int{}
		for _, keys := range wants {
			for _, key := range keys {
				wanted[key]++
			}
		}
		best := slices.MinFunc(slices.Collect(maps.Keys(wanted)), func(a, b string) int {
			return cmp.Or(st.compareOpen(parts[a], parts[b]), cmp.Compare(wanted[b], wanted[a]), cmp.Compare(len(parts[a]), len(parts[b])), strings.Compare(a, b))
		})
		b := &branch{children: map[string]*shape{}}
		for _, key := range wantedByAll(wants, best) {
			b.next = append(b.next, parts[key])
		}
		take(b)
		branches = append(branches, b)
	}
	return branches
}

// wantedByAll are the parts that all rules want which want one of them, in order.
func wantedByAll(wants map[int][]string, best string) (common []string) {
	first := true
	for _, keys := range wants {
		switch {
		case !slices.Contains(keys, best):
		case first:
			common, first = slices.Clone(keys), false
		default:
			common = slices.DeleteFunc(common, func(key string) bool { return !slices.Contains(keys, key) })
		}
	}
	slices.Sort(common)
	return slices.Compact(common)
}

// compareOpen puts the parts that repeat by their nature, such as the names of members,
// before texts.
func (st study) compareOpen(a, b []any) int {
	rank := func(path []any) int {
		if _, text := partAt(st.input.Resource.value, path).(ast.String); text {
			return 1
		}
		return 0
	}
	return cmp.Compare(rank(a), rank(b))
}

// studyRule says whether a rule finds anything, how that follows from what is
// masked, nil where it does not simply do so, and at what the rule looks that is
// masked or not known. What the interpreter cannot follow finds something.
func studyRule(ctx context.Context, e *Engine, in *abstract.Interpreter, q *query) (finds bool, hits []abstract.Formula, looked []ast.Var) {
	defer func() {
		if recover() != nil {
			finds, hits = true, nil
		}
	}()
	limited, stop := context.WithTimeout(ctx, e.opts.RuleTime)
	defer stop()
	members, looked, err := in.Verdict(limited, q.deny)
	if err != nil {
		return true, nil, looked
	}
	for _, m := range members {
		formula := in.Formula(m.Value)
		if formula == nil || !m.Certain {
			return true, nil, looked
		}
		hits = append(hits, formula)
	}
	return len(members) > 0, hits, looked
}
