package format

import (
	"fmt"
	"io"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter"
)

// Options are what the forms can be told.
type Options struct {
	Text  TextOptions
	SARIF SARIFOptions
}

// forms are the output formats by name, in the order in which help lists them.
var forms = []struct {
	name  string
	write func(io.Writer, *linter.Report, Options) error
}{
	{"text", func(w io.Writer, r *linter.Report, o Options) error { return Text(w, r, o.Text) }},
	{"json", func(w io.Writer, r *linter.Report, _ Options) error { return JSON(w, r) }},
	{"sarif", func(w io.Writer, r *linter.Report, o Options) error { return SARIF(w, r, o.SARIF) }},
	{"github", func(w io.Writer, r *linter.Report, _ Options) error { return GitHub(w, r) }},
	{"junit", func(w io.Writer, r *linter.Report, _ Options) error { return JUnit(w, r) }},
	{"markdown", func(w io.Writer, r *linter.Report, _ Options) error { return Markdown(w, r) }},
	{"checkstyle", func(w io.Writer, r *linter.Report, _ Options) error { return Checkstyle(w, r) }},
	{"azure-pipelines", func(w io.Writer, r *linter.Report, _ Options) error { return AzurePipelines(w, r) }},
}

// Names are the names of the formats.
func Names() []string {
	names := make([]string, len(forms))
	for i, form := range forms {
		names[i] = form.name
	}
	return names
}

// Write writes the report in the named format.
func Write(w io.Writer, name string, report *linter.Report, opts Options) error {
	for _, form := range forms {
		if form.name == name {
			return form.write(w, report, opts)
		}
	}
	return fmt.Errorf("unknown format %q: want %s", name, strings.Join(Names(), ", "))
}
