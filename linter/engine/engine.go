// Package engine loads Rego rules, checks them and evaluates them for one
// resource at a time; it knows no files and no positions.
package engine

import "sync/atomic"

// Severity of a rule or a hit.
type Severity string

// The severities, most severe first.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Note    Severity = "note"
)

// Rule is a rule's METADATA. The same struct feeds explain, the docs and
// SARIF.
type Rule struct {
	// ID is the tail of the rule's package, and its name everywhere.
	ID string `json:"id"`
	// Family is the folder the rule stands in: service, subnet ...; the folder
	// of a custom rule for a rule that is not built in.
	Family string `json:"family"`
	// Catalogue is the number in the rule catalogue, 0 for custom rules.
	Catalogue   int      `json:"catalogue,omitempty"`
	Title       string   `json:"title"`
	Description string   `json:"description"`
	Severity    Severity `json:"severity"`
	// Targets are the kinds the rule judges: an ARM resource type, or
	// Kubernetes kind ("Service") or group/kind ("gateway.networking.k8s.io/Gateway").
	Targets     []string `json:"targets"`
	Remediation string   `json:"remediation"`
	Links       []string `json:"links"`
	Since       string   `json:"since"`
	Custom      bool     `json:"custom,omitempty"`
	// Params are the rule's settings with their defaults, as in data.params[id].
	Params map[string]any `json:"params,omitempty"`
}

// EveryKind is the target of rules that judge every Kubernetes object. They see
// the resources of templates too and have to pass over them.
const EveryKind = "*"

// Unknown stands in an input for a value that cannot be known before
// deployment. Rules are evaluated so that it never makes a hit certain.
type Unknown struct {
	// Source is the caller's own account of the value; the engine hands it back
	// in Undecided and never looks into it.
	Source any

	// id names the unknown inside the engine; 0 until it is first prepared.
	id atomic.Uint64
}

// Hit is one certain violation.
type Hit struct {
	Rule string
	// Severity is the hit's own where the rule gave one, else the rule's.
	Severity Severity
	Message  string
	// Resource is the lower-cased id of the resource that Path is in, empty for
	// the judged resource itself.
	Resource string
	// Path leads to the place inside the resource: strings and ints.
	Path []any
	// Evidence is the arithmetic, one step an element.
	Evidence []string
	// Fix is a JSON Patch (RFC 6902) on the judged object, nil for none.
	Fix []PatchOp
}

// PatchOp is one operation of a JSON Patch. Value is plain JSON.
type PatchOp struct {
	Op    string `json:"op"`
	Path  string `json:"path"`
	From  string `json:"from,omitempty"`
	Value any    `json:"value,omitempty"`
}

// Undecided is a rule whose verdict hangs on values that are not known.
type Undecided struct {
	Rule string
	// Unknowns are the values that the verdict hangs on, in order of first use.
	Unknowns []*Unknown
}

// Failure is a rule that could not be evaluated (a built-in error, a crossed
// bound). Place is the rule's file:line:col.
type Failure struct {
	Rule    string `json:"rule"`
	Place   string `json:"place"`
	Message string `json:"message"`
}

// Result is the outcome of all applicable rules for one resource.
type Result struct {
	Hits      []Hit
	Undecided []Undecided
	Failures  []Failure
	// Evaluated are the ids of the rules that were applicable.
	Evaluated []string
}
