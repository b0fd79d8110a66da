package linter

import (
	"slices"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm/expr"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// mayJudge is unset for a template that holds nothing to judge whatever its
// parameters are.
func (r *run) mayJudge(template document) bool { return declares(template.Root, r.topTypes) }

// declares says whether something below a node has one of the types, or a child of one,
// or a type that an expression gives, or is in another file. Types are two segments in
// lower case.
func declares(n *source.Node, types []string) bool {
	if slices.ContainsFunc(n.Items, func(item *source.Node) bool { return declares(item, types) }) {
		return true
	}
	for i := range n.Fields {
		f := &n.Fields[i]
		switch {
		case strings.EqualFold(f.Name, "templateLink"),
			strings.EqualFold(f.Name, "type") && f.Value.Kind == source.String && mayBeType(f.Value.Text, types),
			declares(f.Value, types):
			return true
		}
	}
	return false
}

func mayBeType(text string, types []string) bool {
	if expr.IsExpression(text) {
		return true
	}
	lower := strings.ToLower(text)
	return slices.ContainsFunc(types, func(typ string) bool { return strings.HasPrefix(lower, typ) })
}
