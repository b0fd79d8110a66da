package format

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter"
)

type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Name      string        `xml:"name,attr"`
	ClassName string        `xml:"classname,attr"`
	File      string        `xml:"file,attr,omitempty"`
	Line      int           `xml:"line,attr,omitempty"`
	Failure   *junitFailure `xml:"failure,omitempty"`
}

type junitFailure struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	Text    string `xml:",chardata"`
}

// JUnit writes one suite a file and one failed case a finding, which is what CI
// systems show as test results. A run without findings is one passed case.
func JUnit(w io.Writer, report *linter.Report) error {
	suites := junitSuites{Name: "aksnetlint"}
	for _, f := range report.Findings {
		if n := len(suites.Suites); n == 0 || suites.Suites[n-1].Name != printable(f.File) {
			suites.Suites = append(suites.Suites, junitSuite{Name: printable(f.File)})
		}
		suite := &suites.Suites[len(suites.Suites)-1]
		suite.Cases = append(suite.Cases, junitFinding(f))
		suite.Tests++
		suite.Failures++
		suites.Tests++
		suites.Failures++
	}
	if stopped := report.Interrupted; stopped != nil {
		failed := junitCase{Name: "all was judged", ClassName: "aksnetlint", Failure: &junitFailure{Message: stopped.Error(), Type: "interrupted", Text: stopped.Error()}}
		suites.Suites = append(suites.Suites, junitSuite{Name: "aksnetlint", Tests: 1, Failures: 1, Cases: []junitCase{failed}})
		suites.Tests++
		suites.Failures++
	}
	if len(suites.Suites) == 0 {
		suites.Tests = 1
		suites.Suites = []junitSuite{{Name: "aksnetlint", Tests: 1, Cases: []junitCase{{Name: "no findings", ClassName: "aksnetlint"}}}}
	}
	return writeXML(w, suites)
}

func junitFinding(f linter.Finding) junitCase {
	text := fmt.Sprintf("%s: %s: %s", placeText(f.Place), f.Severity, fullMessage(f))
	for _, e := range f.Evidence {
		text += "\n= " + printable(e)
	}
	if f.Help != "" {
		text += "\nhelp: " + printable(f.Help)
	}
	return junitCase{
		Name: fmt.Sprintf("%s at %d:%d", f.Rule, f.Line, f.Column), ClassName: printable(f.File), File: printable(f.File), Line: f.Line,
		Failure: &junitFailure{Message: fullMessage(f), Type: string(f.Severity), Text: text},
	}
}

func writeXML(w io.Writer, v any) error {
	text, err := xml.MarshalIndent(v, "", "  ")
	if err != nil {
		return fmt.Errorf("writing XML: %w", err)
	}
	_, err = io.WriteString(w, xml.Header+strings.TrimSpace(string(text))+"\n")
	return err
}
