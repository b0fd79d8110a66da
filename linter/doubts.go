package linter

import (
	"fmt"
	"strings"

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
		m := Missing{Expression: expressionOf(d), Reason: string(d.Reason), Settle: settle(d)}
		if d.Origin != nil && d.Origin.File != nil {
			m.Place = placeOf(d.Origin.File, d.Origin.Span)
		}
		key := m.Expression + m.Reason + m.Settle
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

// expressionOf is a doubt in the user's words; a resource that is in no file is
// named by its type and name, since the rest of the id may be stand-ins.
func expressionOf(d *value.Doubt) string {
	if d.Reason != notRead {
		return d.Expr
	}
	return resourceWords(d.Expr)
}

// resourceWords is a resource id in short: subnet shop-net/nodes, routeTable
// egress. What is no id is left as it is.
func resourceWords(id string) string {
	segments, provider := idParts(id)
	name := nameFromID(id)
	if provider < 0 || name == "" {
		return id
	}
	kind := segments[provider+1]
	for i := provider + 2; i < len(segments); i += 2 {
		kind = segments[i]
	}
	return singular(kind) + " " + name
}

// singular is the name of one resource of a type: subnet, publicIPAddress.
func singular(kind string) string {
	switch lower := strings.ToLower(kind); {
	case strings.HasSuffix(lower, "ies"):
		return kind[:len(kind)-3] + "y"
	case strings.HasSuffix(lower, "sses"), strings.HasSuffix(lower, "xes"):
		return kind[:len(kind)-2]
	case strings.HasSuffix(lower, "s"):
		return kind[:len(kind)-1]
	}
	return kind
}

// contextFlags are the flags that say where a template is deployed, by what an
// expression asks for.
var contextFlags = []struct{ part, flag string }{
	{"location", "--location"}, {"tenant", "--tenant"}, {"resourcegroup", "--resource-group"}, {"subscription", "--subscription"},
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
	case notRead:
		return "--facts FILE with what az prints of the resource, or the template that declares it"
	case value.Context:
		for _, f := range contextFlags {
			if strings.Contains(strings.ToLower(d.Expr), f.part) {
				return f.flag
			}
		}
		return "--subscription, --resource-group, --location"
	case value.LinkedTemplate:
		return "the linked template beside the template"
	}
	return ""
}
