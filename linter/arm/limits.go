package arm

import (
	"time"

	"github.com/aksnetlint/aksnetlint/linter/arm/function"
)

// Limits bound the work for one root template with all that is nested in it or
// linked to it. Crossing one is a Diagnostic, and the value there is unknown.
type Limits struct {
	// Evaluation bounds expressions and the values that they make.
	Evaluation function.Limits
	// CopyCount bounds one loop over resources; Azure's limit is 800.
	CopyCount int64
	// CopyElements bounds the elements that all loops over properties, variables
	// and outputs make together.
	CopyElements int64
	// Resources bounds all resources; Azure's limit is 800 a template.
	Resources int
	// NestedDepth and Nested bound the deployments inside of deployments.
	NestedDepth, Nested int
	// LinkedFiles bounds the files that are read through links.
	LinkedFiles int
	// Diagnostics bounds what is reported.
	Diagnostics int
	// Time bounds the whole expansion.
	Time time.Duration
}

// DefaultLimits are far beyond what Azure accepts and what is found in use.
func DefaultLimits() Limits {
	return Limits{
		Evaluation: function.DefaultLimits(),
		CopyCount:  800, CopyElements: 10_000, Resources: 10_000,
		NestedDepth: 16, Nested: 2_000, LinkedFiles: 200,
		Diagnostics: 1_000, Time: 10 * time.Second,
	}
}

// withDefaults fills the fields that are zero.
func (l Limits) withDefaults() Limits {
	d := DefaultLimits()
	if l.Evaluation == (function.Limits{}) {
		l.Evaluation = d.Evaluation
	}
	if l.CopyCount == 0 {
		l.CopyCount = d.CopyCount
	}
	if l.CopyElements == 0 {
		l.CopyElements = d.CopyElements
	}
	if l.Resources == 0 {
		l.Resources = d.Resources
	}
	if l.NestedDepth == 0 {
		l.NestedDepth = d.NestedDepth
	}
	if l.Nested == 0 {
		l.Nested = d.Nested
	}
	if l.LinkedFiles == 0 {
		l.LinkedFiles = d.LinkedFiles
	}
	if l.Diagnostics == 0 {
		l.Diagnostics = d.Diagnostics
	}
	if l.Time == 0 {
		l.Time = d.Time
	}
	return l
}
