package format

import (
	"fmt"
	"io"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter"
	"github.com/aksnetlint/aksnetlint/linter/engine"
)

// githubLimit is how many annotations of each level GitHub shows of one step
// (docs.github.com/actions, "Workflow commands", and the limits of check runs).
const githubLimit = 10

// githubLevels are the workflow commands by severity.
var githubLevels = map[engine.Severity]string{engine.Error: "error", engine.Warning: "warning", engine.Note: "notice"}

// GitHub writes workflow commands that become annotations of a pull request. GitHub
// shows the first ten of each level: the most severe come first, and
// one line says how many there are beyond.
func GitHub(w io.Writer, report *linter.Report) error {
	shown := map[string]int{}
	hidden := 0
	for _, f := range bySeverity(report) {
		level := githubLevels[f.Severity]
		if shown[level] == githubLimit {
			hidden++
			continue
		}
		shown[level]++
		_, err := fmt.Fprintf(w, "::%s file=%s,line=%d,col=%d,endLine=%d,endColumn=%d,title=%s::%s\n", level,
			githubProperty(f.File), f.Line, f.Column, f.EndLine, f.EndColumn, githubProperty(f.Rule), githubData(fullMessage(f)))
		if err != nil {
			return err
		}
	}
	if hidden > 0 {
		_, err := fmt.Fprintf(w, "::notice title=aksnetlint::%s more beyond the %d of each level that GitHub shows; the step summary and the SARIF file have all\n", count(hidden, "finding"), githubLimit)
		return err
	}
	return nil
}

// githubData escapes the text of a workflow command
// (actions/toolkit, command.ts: escapeData).
func githubData(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(printable(s))
}

// githubProperty escapes a property of a workflow command (escapeProperty).
func githubProperty(s string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(githubData(s))
}
