package linter

import (
	"github.com/aksnetlint/aksnetlint/linter/engine"
)

// Report is the outcome of a run. Its JSON form is stable and documented in
// docs/json.md.
type Report struct {
	// Findings in order of file, line, column, rule.
	Findings  []Finding   `json:"findings"`
	Undecided []Undecided `json:"undecided"`
	// Suppressed are the findings that an ignore or the baseline took out.
	Suppressed []Suppressed `json:"suppressed"`
	// Skipped are the files and documents that were not judged, with the reason.
	Skipped []Skipped `json:"skipped"`
	Summary Summary   `json:"summary"`
	// Interrupted is set where the run was stopped before all was judged.
	Interrupted *Interrupted `json:"interrupted,omitempty"`
	// Failures are rules that could not be evaluated; Err words them.
	Failures []engine.Failure `json:"failures,omitempty"`
	// Rules are the rules that were loaded, for formats that describe them.
	Rules []engine.Rule `json:"-"`
	// Sources are the texts that the edits of Fixes apply to, by file.
	Sources map[string][]byte `json:"-"`
}

// Place is a range on one line of a file. Lines and columns start at 1,
// columns count Unicode code points, EndColumn is the column after the last.
type Place struct {
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"endLine"`
	EndColumn int    `json:"endColumn"`
	// Source is the text of the line, cut at 4096 characters.
	Source string `json:"-"`
}

// Finding is one violation at one place.
type Finding struct {
	Rule     string          `json:"rule"`
	Severity engine.Severity `json:"severity"`
	Message  string          `json:"message"`
	Place
	// Resource names what was judged: kind/namespace/name, or the resource id.
	Resource string `json:"resource"`
	// Evidence is the arithmetic behind the message, one step an element.
	Evidence []string `json:"evidence,omitempty"`
	// Related are the places where the value came from.
	Related []Related `json:"related,omitempty"`
	// When are the parameter values that the finding hangs on; empty for
	// findings that always hold.
	When []Condition `json:"when,omitempty"`
	// Deployments are the parameter files of the deployments in which the
	// finding holds, where a template has several.
	Deployments []string `json:"deployments,omitempty"`
	// Fingerprint identifies the finding across moved lines.
	Fingerprint string `json:"fingerprint"`
	// Help is the rule's remediation in one line.
	Help string `json:"help,omitempty"`
	// Fixes are text edits that mend the finding, all to be applied together.
	// They are there where Options.Fixes asks for them.
	Fixes []Edit `json:"fixes,omitempty"`

	patch *patch
}

// Related is a further place of a finding.
type Related struct {
	Place
	Message string `json:"message"`
}

// Condition is one parameter value that a finding hangs on.
type Condition struct {
	Parameter string `json:"parameter"`
	// Values are the parameter values, as JSON, any of which brings the finding about.
	Values []any `json:"values"`
}

// Edit replaces the bytes Start to End (exclusive) of a file by New.
type Edit struct {
	File  string `json:"file"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	New   string `json:"new"`
}

// Undecided is a rule whose verdict on a resource hangs on unknown values.
type Undecided struct {
	Rule     string `json:"rule"`
	Resource string `json:"resource"`
	Place
	Missing []Missing `json:"missing"`
}

// Missing is one value that is not known before deployment.
type Missing struct {
	Expression string `json:"expression"`
	Reason     string `json:"reason"`
	Place
	// Settle says what would make it known: "--set 'x=...'", "--facts FILE".
	Settle string `json:"settle"`
}

// Suppressed is a finding that was taken out, and by what.
type Suppressed struct {
	Finding
	// By is "ignore", "annotation", "configuration", "baseline" or "unchanged".
	By     string `json:"by"`
	Reason string `json:"reason"`
}

// Skipped is a file or document that was not judged.
type Skipped struct {
	File   string `json:"file"`
	Line   int    `json:"line,omitempty"`
	Reason string `json:"reason"`
	// Parameter is set where the file is a template that was judged, and not every value of
	// this parameter was tried with every value of the others.
	Parameter string `json:"parameter,omitempty"`
}

// Summary counts what was read and found.
type Summary struct {
	Files      int `json:"files"`
	Documents  int `json:"documents"`
	Resources  int `json:"resources"`
	Rules      int `json:"rules"`
	Errors     int `json:"errors"`
	Warnings   int `json:"warnings"`
	Notes      int `json:"notes"`
	Undecided  int `json:"undecided"`
	Suppressed int `json:"suppressed"`
	Skipped    int `json:"skipped"`
}
