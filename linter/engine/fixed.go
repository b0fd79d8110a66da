package engine

import (
	"context"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/aksnetlint/aksnetlint/linter/engine/internal/abstract"
)

// fixedRule is a rule that finds the same in all resources of a shape, but for texts
// that its violations are composed of: the name of the resource in a message.
type fixedRule struct {
	query *query
	// index is that of the rule in its view.
	index int
	hits  []abstract.Formula
	// hidden are the paths of what the shape masks.
	hidden map[ast.Var][]any
}

// fixedHits adds what fixed rules find in a resource in which all is known, by
// rule id like all hits.
func (ev *evaluation) fixedHits(ctx context.Context, rules []fixedRule, resource *Document, res *Result) {
	for _, rule := range rules {
		verdict := ast.NewSet()
		known := func(name ast.Var) ast.Value { return partAt(resource.value, rule.hidden[name]) }
		var err error
		for _, hit := range rule.hits {
			var v ast.Value
			if v, err = hit(known); err != nil {
				break
			}
			verdict.Add(ast.NewTerm(v))
		}
		if err != nil {
			ev.runRule(ctx, rule.query, res)
			continue
		}
		ev.engine.addHits(res, rule.query, ast.NewTerm(verdict))
	}
	if len(rules) > 0 {
		slices.SortStableFunc(res.Hits, func(a, b Hit) int { return strings.Compare(a.Rule, b.Rule) })
	}
}
