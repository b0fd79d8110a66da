package format

import (
	"slices"

	"github.com/aksnetlint/aksnetlint/linter"
)

// bySeverity are the findings with the most severe first, for forms that are
// cut off at some number.
func bySeverity(report *linter.Report) []linter.Finding {
	findings := slices.Clone(report.Findings)
	slices.SortStableFunc(findings, linter.MoreSevere)
	return findings
}

// fullMessage is the message with its condition, on one line.
func fullMessage(f linter.Finding) string {
	return printable(f.Message) + whenText(f.When)
}
