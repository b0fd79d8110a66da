package format

import (
	"fmt"
	"io"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter"
	"github.com/aksnetlint/aksnetlint/linter/engine"
)

// TextOptions say how much the text form shows.
type TextOptions struct {
	// Color switches the ANSI colours on.
	Color bool
	// Verbose lists the files that were passed over, with the reason.
	Verbose bool
	// ShowUndecided lists the rules whose verdict hangs on unknown values.
	ShowUndecided bool
}

// Text writes the report for a person at a terminal: each finding with its
// source line and a marker below it, then a line that sums up.
func Text(w io.Writer, report *linter.Report, opts TextOptions) error {
	t := textWriter{w: w, opts: opts}
	for _, f := range report.Findings {
		t.finding(f)
	}
	if opts.ShowUndecided {
		for _, u := range report.Undecided {
			t.undecided(u)
		}
	}
	if opts.Verbose {
		for _, s := range report.Suppressed {
			t.suppressed(s)
		}
		for _, s := range report.Skipped {
			t.skipped(s)
		}
	}
	t.summary(report)
	return t.err
}

type textWriter struct {
	w    io.Writer
	opts TextOptions
	err  error
}

func (t *textWriter) printf(format string, args ...any) {
	if t.err == nil {
		_, t.err = fmt.Fprintf(t.w, format, args...)
	}
}

// The ANSI colours, by what they mark.
const (
	bold   = "\x1b[1m"
	red    = "\x1b[31m"
	yellow = "\x1b[33m"
	cyan   = "\x1b[36m"
	dim    = "\x1b[2m"
	reset  = "\x1b[0m"
)

func (t *textWriter) color(code, text string) string {
	if !t.opts.Color {
		return text
	}
	return code + text + reset
}

func severityColor(s engine.Severity) string {
	switch s {
	case engine.Error:
		return red
	case engine.Warning:
		return yellow
	}
	return cyan
}

func (t *textWriter) finding(f linter.Finding) {
	t.printf("%s: %s: %s%s %s\n",
		t.color(bold, placeText(f.Place)), t.color(severityColor(f.Severity), string(f.Severity)),
		printable(f.Message), whenText(f.When), t.color(dim, "["+f.Rule+"]"))
	t.sourceLine(f.Place)
	for _, e := range f.Evidence {
		t.printf("    %s %s\n", t.color(dim, "="), printable(e))
	}
	for _, d := range f.Deployments {
		t.printf("    %s %s\n", t.color(dim, "with"), printable(d))
	}
	for _, r := range f.Related {
		t.printf("    %s %s: %s\n", t.color(dim, "from"), placeText(r.Place), printable(r.Message))
	}
	if f.Help != "" {
		t.printf("    %s %s\n", t.color(dim, "help:"), printable(f.Help))
	}
}

// whenText words the condition of a finding that does not always hold.
func whenText(when []linter.Condition) string {
	if len(when) == 0 {
		return ""
	}
	var parts []string
	for _, c := range when {
		var values []string
		for _, v := range c.Values {
			values = append(values, valueText(v))
		}
		parts = append(parts, fmt.Sprintf("parameters('%s') is %s", printable(c.Parameter), strings.Join(values, " or ")))
	}
	return " (when " + strings.Join(parts, " and ") + ")"
}

func valueText(v any) string {
	switch v := v.(type) {
	case nil:
		return "not given" // what null is to a nullable parameter
	case string:
		return "'" + printable(v) + "'"
	}
	return printable(fmt.Sprint(v))
}

func placeText(p linter.Place) string {
	return fmt.Sprintf("%s:%d:%d", lineStart(printable(p.File)), p.Line, p.Column)
}

// maxShownLine is how much of a source line a terminal shows, in characters.
const maxShownLine = 160

// sourceLine shows the line and marks the place. Of a long line the part around the
// place is shown.
func (t *textWriter) sourceLine(p linter.Place) {
	line := []rune(p.Source)
	start, end := p.Column-1, p.EndColumn-1
	if len(line) == 0 || start >= len(line) || start < 0 {
		return
	}
	end = min(max(end, start+1), len(line))
	first := 0
	if start > maxShownLine-40 {
		first = start - 40
	}
	last := min(len(line), first+maxShownLine)
	end = min(end, last)
	number := fmt.Sprintf("%5d", p.Line)
	t.printf("%s %s\n", t.color(dim, number+" |"), printable(string(line[first:last])))
	marker := strings.Repeat(" ", displayWidth(line[first:start])) + strings.Repeat("^", max(1, displayWidth(line[start:end])))
	t.printf("%s %s\n", t.color(dim, "      |"), t.color(red, marker))
}

// displayWidth is how many columns printable shows for the text.
func displayWidth(text []rune) int {
	return len([]rune(printable(string(text))))
}

func (t *textWriter) undecided(u linter.Undecided) {
	t.printf("%s: %s: %s hangs on values that are not known before deployment %s\n",
		t.color(bold, placeText(u.Place)), t.color(cyan, "undecided"), printable(u.Resource), t.color(dim, "["+u.Rule+"]"))
	for _, m := range u.Missing {
		place := ""
		if m.File != "" {
			place = placeText(m.Place) + " "
		}
		t.printf("    %s%s (%s)", place, printable(m.Expression), printable(m.Reason))
		if m.Settle != "" {
			t.printf(": settled by %s", printable(m.Settle))
		}
		t.printf("\n")
	}
}

func (t *textWriter) suppressed(s linter.Suppressed) {
	t.printf("%s: suppressed by %s (%s): %s %s\n", placeText(s.Place), printable(s.By), printable(s.Reason), printable(s.Message), t.color(dim, "["+s.Rule+"]"))
}

func (t *textWriter) skipped(s linter.Skipped) {
	place := lineStart(printable(s.File))
	if s.Line > 0 {
		place = fmt.Sprintf("%s:%d", place, s.Line)
	}
	t.printf("%s: skipped: %s\n", place, printable(s.Reason))
}

func (t *textWriter) summary(report *linter.Report) {
	s := report.Summary
	if report.Interrupted != nil {
		t.printf("%s: there may be more\n", printable(report.Interrupted.Error()))
	}
	if s.Undecided > 0 {
		t.printf("%s undecided: %s unknown%s\n", count(s.Undecided, "check"), count(missingValues(report), "value"), hint(t.opts.ShowUndecided, ", see --show-undecided"))
	}
	if n := untried(report); n > 0 {
		t.printf("%s not tried in all combinations%s\n", count(n, "parameter"), hint(t.opts.Verbose, ", see --verbose"))
	}
	if len(report.Findings) == 0 {
		t.printf("no findings in %s (%s judged)\n", count(s.Files, "file"), count(s.Resources, "resource"))
		return
	}
	t.printf("%s, %s, %s in %s (%s judged)\n", count(s.Errors, "error"), count(s.Warnings, "warning"), count(s.Notes, "note"), count(s.Files, "file"), count(s.Resources, "resource"))
}

func hint(shown bool, text string) string {
	if shown {
		return ""
	}
	return text
}

// untried counts the parameters of which not every value was tried with every value of
// the others.
func untried(report *linter.Report) (n int) {
	for _, s := range report.Skipped {
		if s.Parameter != "" {
			n++
		}
	}
	return n
}

// missingValues counts the different values that verdicts hang on.
func missingValues(report *linter.Report) int {
	seen := map[string]bool{}
	for _, u := range report.Undecided {
		for _, m := range u.Missing {
			seen[fmt.Sprint(m.File, m.Line, m.Column, m.Expression)] = true
		}
	}
	return len(seen)
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
