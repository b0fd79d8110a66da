package linter

import (
	"fmt"
	"hash"
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

// hashValue writes all of a value to a hash, with the places it stands at.
func hashValue(h hash.Hash, v *value.Value) {
	if v == nil {
		fmt.Fprint(h, "-")
		return
	}
	fmt.Fprintf(h, "%d:%v:%d:%v:%q", v.Kind, v.Bool, v.Int, v.Float, v.Str)
	if v.Doubt != nil {
		fmt.Fprintf(h, "%q", v.Doubt.Expr)
	}
	if v.Origin != nil {
		fmt.Fprintf(h, "@%v", v.Origin.Span)
	}
	fmt.Fprintf(h, "[%d", len(v.Items))
	for _, item := range v.Items {
		hashValue(h, item)
	}
	fmt.Fprintf(h, "{%d", len(v.Members))
	for _, m := range v.Members {
		fmt.Fprintf(h, "%q", m.Name)
		hashValue(h, m.Value)
	}
}
