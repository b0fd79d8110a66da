package linter

import (
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// newContextDoubts are the doubts about where templates are deployed, one for
// each thing that nobody said.
func newContextDoubts() map[string]*value.Doubt {
	doubts := map[string]*value.Doubt{}
	for name, expr := range map[string]string{
		"subscription": "subscription().subscriptionId", "resourceGroup": "resourceGroup().name", "location": "resourceGroup().location",
	} {
		doubts[name] = &value.Doubt{Reason: value.Context, Expr: expr}
	}
	return doubts
}

// canonicalType gives a resource type its documented spelling.
func (r *run) canonicalType(typ string) string {
	if known, ok := r.types[strings.ToLower(typ)]; ok {
		return known
	}
	return typ
}

// targeted says whether any rule judges resources of that kind.
func (r *run) targeted(kind string) bool {
	_, ok := r.types[strings.ToLower(kind)]
	return ok
}
