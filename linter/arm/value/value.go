// Package value holds what an ARM template evaluates to: JSON values that may
// be unknown before deployment and that remember where they came from.
package value

import (
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// Kind says what a value is.
type Kind uint8

// The kinds of a value. The zero Value is null.
const (
	Null Kind = iota
	Bool
	Int
	Float
	String
	Array
	Object
	Unknown
)

// Value is one JSON value of an evaluated template. Values are immutable once
// built: functions share them freely.
type Value struct {
	Kind Kind
	Bool bool
	// Secret marks a value that must never be printed (secure parameters and
	// what is computed from them).
	Secret bool
	// holds sums up what is anywhere inside an Array or Object; the
	// constructors keep it. It stands with what else takes a byte: there are many values.
	holds marks
	Int   int64
	// Float is the number of a Float; Str keeps its literal where there was one.
	Float float64
	// Str is the text of a String. For an Unknown it is a stand-in for the text
	// where there is one: unknowns with the same stand-in are the same text,
	// whatever it is. Functions that only compose text (concat, format,
	// resourceId, uniqueString ...) make stand-ins of stand-ins, so that the ids
	// of one template match each other; all others must not look at it.
	Str string
	// Items are the elements of an Array. For an Unknown they are the elements
	// that are known all the same (reference() to a resource of the template):
	// an index that is not there is unknown, not an error.
	Items []*Value
	// Members are the members of an Object, in order of first appearance. Names
	// are compared without regard to case: use Get. For an Unknown they are the
	// members that are known all the same, as for Items.
	Members []Member
	// Doubt says why an Unknown is not known; nil for every other kind.
	Doubt *Doubt
	// Origin is where the value came from; nil for values that no text made.
	Origin *Origin
	// names finds the members of a large Object; nil for a small one.
	names map[string]int
}

// Member is one member of an object value.
type Member struct {
	Name  string
	Value *Value
	// NameSpan is where the name stands, in the file of Value.Origin; zero where
	// no text holds it.
	NameSpan source.Span
}

// Reason classes why a value cannot be known before deployment.
type Reason string

// The reasons of doubt.
const (
	MissingParameter    Reason = "parameter without a value"
	Reference           Reason = "reference() is read at deployment"
	ListSecret          Reason = "list*() is read at deployment"
	KeyVault            Reason = "Key Vault secret"
	SecretText          Reason = "value of a secure parameter"
	LinkedTemplate      Reason = "linked template is not on disk"
	Clock               Reason = "time or random value"
	Context             Reason = "depends on where it is deployed"
	Regional            Reason = "regional data"
	UnsupportedFunction Reason = "function is not supported"
	TemplateError       Reason = "the template has an error here"
	Limit               Reason = "a limit was reached"
)

// Doubt says what an unknown value hangs on.
type Doubt struct {
	Reason Reason
	// Expr is the expression in the user's words, without the outer brackets:
	// parameters('subnetId').
	Expr string
	// Parameter is the name of the root parameter without a value, empty
	// where the doubt has another reason.
	Parameter string
	// Secret is set where even the expression's result must not be printed.
	Secret bool
	// Origin is where the expression stands.
	Origin *Origin
	// From are the doubts that this one was computed from, at most 8.
	From []*Doubt
}

// Step says by which construct of a template a value came about.
type Step uint8

// The steps of provenance.
const (
	Literal Step = iota
	ParameterDefault
	ParameterFile
	ParameterSet
	// ParameterTried is one of the values that a parameter may have, which nobody gave.
	ParameterTried
	Variable
	CopyIndex
	NestedDeployment
	// NestedParameter is a value that a deployment gives to a parameter of the
	// template that it deploys.
	NestedParameter
	LinkedFile
	OutputOf
	Fact
)

// Origin is where a value came from. The first of a chain is where the value
// is used in the resource, From leads to where it was written.
type Origin struct {
	File *source.File
	Span source.Span
	Step Step
	// Name is the parameter, variable, copy loop or deployment.
	Name string
	// Index is the turn of a copy loop, from 0.
	Index int
	From  *Origin
}
