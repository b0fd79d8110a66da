package ruletest

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// WriteText writes the outcome for people: what failed, the coverage and the
// counts. Verbose lists every test.
func (o *Outcome) WriteText(w io.Writer, verbose bool) error {
	var b strings.Builder
	for _, t := range o.Tests {
		switch {
		case t.Skipped:
			fmt.Fprintf(&b, "skip  %s %s %s\n", t.Kind, t.Suite, t.Name)
		case !t.Passed:
			fmt.Fprintf(&b, "FAIL  %s %s %s (%s)\n", t.Kind, t.Suite, t.Name, t.Place)
			for line := range strings.Lines(t.Message) {
				fmt.Fprintf(&b, "      %s\n", strings.TrimRight(line, "\n"))
			}
		case verbose:
			fmt.Fprintf(&b, "ok    %s %s %s\n", t.Kind, t.Suite, t.Name)
		}
	}
	for _, c := range o.Coverage {
		if len(c.Uncovered) > 0 {
			fmt.Fprintf(&b, "%s: %.1f %% covered, no unit test evaluates lines %v\n", c.Path, c.Percent, c.Uncovered)
		}
	}
	failed := o.Failed()
	fmt.Fprintf(&b, "%d tests, %d failed, coverage %.1f %%\n", len(o.Tests), failed, o.Percent())
	_, err := io.WriteString(w, b.String())
	return err
}

// Percent is the coverage of all modules: the mean of theirs, 0 where no unit
// test ran.
func (o *Outcome) Percent() float64 {
	if len(o.Coverage) == 0 {
		return 0
	}
	sum := 0.0
	for _, c := range o.Coverage {
		sum += c.Percent
	}
	return sum / float64(len(o.Coverage))
}

type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
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
	ClassName string        `xml:"classname,attr"`
	Name      string        `xml:"name,attr"`
	File      string        `xml:"file,attr,omitempty"`
	Time      string        `xml:"time,attr"`
	Failure   *junitFailure `xml:"failure"`
	Skipped   *struct{}     `xml:"skipped"`
}

type junitFailure struct {
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

// WriteJUnit writes the outcome as JUnit XML, one suite for each rule.
func (o *Outcome) WriteJUnit(w io.Writer) error {
	all := junitSuites{Tests: len(o.Tests), Failures: o.Failed()}
	index := map[string]int{}
	for _, t := range o.Tests {
		i, ok := index[t.Suite]
		if !ok {
			i = len(all.Suites)
			index[t.Suite] = i
			all.Suites = append(all.Suites, junitSuite{Name: t.Suite})
		}
		s := &all.Suites[i]
		c := junitCase{ClassName: t.Suite, Name: string(t.Kind) + " " + t.Name, File: t.Place, Time: fmt.Sprintf("%.3f", t.Duration.Seconds())}
		s.Tests++
		switch {
		case t.Skipped:
			c.Skipped = &struct{}{}
		case !t.Passed:
			s.Failures++
			first, _, _ := strings.Cut(t.Message, "\n")
			c.Failure = &junitFailure{Message: first, Text: t.Message}
		}
		s.Cases = append(s.Cases, c)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	encoder := xml.NewEncoder(w)
	encoder.Indent("", "  ")
	if err := encoder.Encode(all); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
