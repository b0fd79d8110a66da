package format

import (
	"fmt"
	"io"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter"
	"github.com/aksnetlint/aksnetlint/linter/engine"
)

// AzurePipelines writes logging commands that Azure Pipelines shows as issues
// of the run (learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands). It
// knows errors and warnings: notes are plain lines.
func AzurePipelines(w io.Writer, report *linter.Report) error {
	for _, f := range bySeverity(report) {
		var err error
		if f.Severity == engine.Note {
			_, err = fmt.Fprintf(w, "%s: note: %s [%s]\n", lineStart(azureText(placeText(f.Place))), azureText(fullMessage(f)), f.Rule)
		} else {
			_, err = fmt.Fprintf(w, "##vso[task.logissue type=%s;sourcepath=%s;linenumber=%d;columnnumber=%d;code=%s;]%s\n",
				f.Severity, azureProperty(f.File), f.Line, f.Column, azureProperty(f.Rule), azureText(fullMessage(f)))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// azureText keeps text from being read as a command of its own.
func azureText(s string) string {
	return strings.ReplaceAll(printable(s), "%", "%AZP25")
}

// azureProperty escapes a property of a logging command
// (microsoft/azure-pipelines-agent, CommandStringConvertor).
func azureProperty(s string) string {
	return strings.NewReplacer(";", "%3B", "]", "%5D").Replace(azureText(s))
}
