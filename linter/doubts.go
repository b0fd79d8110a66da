package linter

import (
	"fmt"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// maxMissing bounds the values that are named for one undecided check.
const maxMissing = 8

// missing lists the values at the root of doubts: those that the user can
// supply, each once.
func missing(doubts []*value.Doubt) []Missing {
	var list []Missing
	seen := map[*value.Doubt]bool{}
	said := map[string]bool{}
	var visit func(d *value.Doubt, depth int)
	visit = func(d *value.Doubt, depth int) {
		if d == nil || seen[d] || len(list) == maxMissing || depth > 64 {
			return
		}
		seen[d] = true
		if len(d.From) > 0 {
			for _, from := range d.From {
				visit(from, depth+1)
			}
			return
		}
		m := Missing{Expression: d.Expr, Reason: string(d.Reason), Settle: settle(d)}
		if d.Origin != nil && d.Origin.File != nil {
			m.Place = placeOf(d.Origin.File, d.Origin.Span)
		}
		key := fmt.Sprint(m.Expression, m.Reason, m.Settle)
		if !said[key] {
			said[key] = true
			list = append(list, m)
		}
	}
	for _, d := range doubts {
		visit(d, 0)
	}
	return list
}

// settle says what would make a value known.
func settle(d *value.Doubt) string {
	switch d.Reason {
	case value.MissingParameter, value.KeyVault:
		if d.Parameter != "" {
			return fmt.Sprintf("--parameters FILE or --set '%s=...'", d.Parameter)
		}
		return "--parameters FILE"
	case value.Reference:
		return "--facts FILE with what az prints of the resource"
	case value.Context:
		return "--subscription, --resource-group, --location"
	case value.LinkedTemplate:
		return "the linked template beside the template"
	}
	return ""
}
