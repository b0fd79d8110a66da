package format

import (
	"fmt"
	"io"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter"
)

// markdownLimit bounds the rows of the table: GitHub takes 1 MiB of step summary.
const markdownLimit = 500

// Markdown writes a summary for a pull request or a step: the counts and a
// table of findings, most severe first.
func Markdown(w io.Writer, report *linter.Report) error {
	var b strings.Builder
	s := report.Summary
	fmt.Fprintf(&b, "### aksnetlint\n\n")
	if len(report.Findings) == 0 {
		fmt.Fprintf(&b, "No findings in %s (%s judged).\n", count(s.Files, "file"), count(s.Resources, "resource"))
	} else {
		fmt.Fprintf(&b, "%s, %s, %s in %s (%s judged).\n\n", count(s.Errors, "error"), count(s.Warnings, "warning"), count(s.Notes, "note"), count(s.Files, "file"), count(s.Resources, "resource"))
		b.WriteString("| severity | place | finding | rule |\n|---|---|---|---|\n")
		for i, f := range bySeverity(report) {
			if i == markdownLimit {
				fmt.Fprintf(&b, "\n%s more are not shown.\n", count(len(report.Findings)-i, "finding"))
				break
			}
			fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", f.Severity, markdownText(placeText(f.Place)), markdownText(fullMessage(f)), markdownText(f.Rule))
		}
	}
	if s.Undecided > 0 {
		fmt.Fprintf(&b, "\n%s undecided: %s unknown before deployment.\n", count(s.Undecided, "check"), count(missingValues(report), "value"))
	}
	if s.Suppressed > 0 {
		fmt.Fprintf(&b, "\n%s suppressed.\n", count(s.Suppressed, "finding"))
	}
	if report.Interrupted != nil {
		fmt.Fprintf(&b, "\n%s: there may be more.\n", markdownText(report.Interrupted.Error()))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// markdownText shows text as it is: no markup, no links, no HTML, no mentions of
// people, no end of the table cell.
func markdownText(s string) string {
	var b strings.Builder
	for _, r := range printable(s) {
		switch {
		case strings.ContainsRune("\\`*_{}[]()#+-!|~$", r):
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '&':
			b.WriteString("&amp;")
		case r == '@':
			// A zero-width joiner keeps a mention from reaching anybody.
			b.WriteString("@&zwj;")
		case r == ':':
			// The same for the schemes of bare links.
			b.WriteString("&#58;")
		default:
			b.WriteRune(r)
		}
	}
	// A bare host name becomes a link as well.
	return strings.ReplaceAll(b.String(), "www.", "www&#46;")
}
