package linter

import (
	"encoding/json"
	"fmt"
	"io"
)

// Baseline is a list of findings that are known: what a project starts from
// when it begins to lint.
type Baseline struct {
	Version  int             `json:"version"`
	Findings []BaselineEntry `json:"findings"`
}

// BaselineEntry is one known finding. The fingerprint decides, the rest is for
// people who read the file.
type BaselineEntry struct {
	Fingerprint string `json:"fingerprint"`
	Rule        string `json:"rule"`
	File        string `json:"file"`
	Resource    string `json:"resource,omitempty"`
}

// baselineVersion is the version of the file and of the fingerprints in it.
const baselineVersion = 1

// WriteBaseline writes the findings of a report as a baseline.
func WriteBaseline(w io.Writer, report *Report) error {
	b := Baseline{Version: baselineVersion, Findings: []BaselineEntry{}}
	for _, f := range report.Findings {
		b.Findings = append(b.Findings, BaselineEntry{f.Fingerprint, f.Rule, f.File, f.Resource})
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(b)
}

// readBaseline reads the fingerprints of a baseline file.
func readBaseline(path string) (map[string]bool, error) {
	text, err := readInput(input{path: path}, nil)
	if err != nil {
		return nil, fmt.Errorf("reading the baseline %s: %w", path, err)
	}
	var b Baseline
	if err := json.Unmarshal(text, &b); err != nil {
		return nil, fmt.Errorf("reading the baseline %s: %w", path, err)
	}
	if b.Version != baselineVersion {
		return nil, fmt.Errorf("reading the baseline %s: version %d, want %d: write it again with --write-baseline", path, b.Version, baselineVersion)
	}
	known := make(map[string]bool, len(b.Findings))
	for _, entry := range b.Findings {
		known[entry.Fingerprint] = true
	}
	return known, nil
}

// applyBaseline takes out the findings that the baseline knows.
func applyBaseline(findings []Finding, known map[string]bool) (kept []Finding, suppressed []Suppressed) {
	kept = []Finding{}
	for _, f := range findings {
		if known[f.Fingerprint] {
			suppressed = append(suppressed, Suppressed{Finding: f, By: "baseline", Reason: "known in the baseline"})
			continue
		}
		kept = append(kept, f)
	}
	return kept, suppressed
}
