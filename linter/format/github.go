package format

import (
	"fmt"
	"io"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter"
	"github.com/aksnetlint/aksnetlint/linter/engine"
)

// githubLimits are how many annotations of each level GitHub shows of one step
// (docs.github.com/actions, "Workflow commands", and the limits of check runs): ten.
// One of the notices is for the count of the rest.
var githubLimits = map[string]int{"error": 10, "warning": 10, "notice": 9}

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
		if shown[level] == githubLimits[level] {
			hidden++
			continue
		}
		shown[level]++
		_, err := fmt.Fprintf(w, "::%s file=%s,line=%d,col=%d,endLine=%d,endColumn=%d,title=%s::%s\n", level,
			githubProperty(f.File), f.Line, f.Column, f.EndLine, f.EndColumn, githubProperty(f.Rule), githubMessage(f))
		if err != nil {
			return err
		}
	}
	if hidden > 0 {
		_, err := fmt.Fprintf(w, "::notice title=aksnetlint::%s more than GitHub shows of one step (10 of each level); the step summary and the SARIF file have all\n", count(hidden, "finding"))
		return err
	}
	return nil
}

// githubMessage is the message with the arithmetic below it.
func githubMessage(f linter.Finding) string {
	text := githubData(fullMessage(f))
	for _, e := range f.Evidence {
		text += "%0A" + githubData(e)
	}
	return text
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
