package format

import (
	"encoding/xml"
	"io"

	"github.com/aksnetlint/aksnetlint/linter"
	"github.com/aksnetlint/aksnetlint/linter/engine"
)

type checkstyleReport struct {
	XMLName xml.Name         `xml:"checkstyle"`
	Version string           `xml:"version,attr"`
	Files   []checkstyleFile `xml:"file"`
}

type checkstyleFile struct {
	Name   string            `xml:"name,attr"`
	Errors []checkstyleError `xml:"error"`
}

type checkstyleError struct {
	Line     int    `xml:"line,attr"`
	Column   int    `xml:"column,attr"`
	Severity string `xml:"severity,attr"`
	Message  string `xml:"message,attr"`
	Source   string `xml:"source,attr"`
}

// Checkstyle writes the XML of the Checkstyle tool, which many review tools
// read.
func Checkstyle(w io.Writer, report *linter.Report) error {
	out := checkstyleReport{Version: "4.3"}
	for _, f := range report.Findings {
		if n := len(out.Files); n == 0 || out.Files[n-1].Name != printable(f.File) {
			out.Files = append(out.Files, checkstyleFile{Name: printable(f.File)})
		}
		severity := string(f.Severity)
		if f.Severity == engine.Note {
			severity = "info"
		}
		file := &out.Files[len(out.Files)-1]
		file.Errors = append(file.Errors, checkstyleError{f.Line, f.Column, severity, fullMessage(f), "aksnetlint." + f.Rule})
	}
	return writeXML(w, out)
}
