package format_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/aksnetlint/aksnetlint/linter"
	"github.com/aksnetlint/aksnetlint/linter/engine"
	"github.com/aksnetlint/aksnetlint/linter/format"
)

var update = flag.Bool("update", false, "write the golden files of testdata")

var options = format.Options{
	Text:  format.TextOptions{Verbose: true, ShowUndecided: true},
	SARIF: format.SARIFOptions{Version: "1.2.3", Category: "aksnetlint"},
}

func written(t *testing.T, name string, report *linter.Report) string {
	t.Helper()
	var out bytes.Buffer
	if err := format.Write(&out, name, report, options); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return out.String()
}

// TestGolden compares each format with its golden file.
func TestGolden(t *testing.T) {
	for _, name := range format.Names() {
		t.Run(name, func(t *testing.T) {
			got := written(t, name, sample(plain))
			path := filepath.Join("testdata", "report."+name)
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("differs from %s (go test -update writes it):\n%s", path, got)
			}
		})
	}
}

func sarifSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	schema, err := compiler.Compile(filepath.Join("testdata", "sarif-schema-2.1.0.json"))
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func validSARIF(t *testing.T, schema *jsonschema.Schema, text string) {
	t.Helper()
	log, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(log); err != nil {
		t.Errorf("not valid: %v", err)
	}
}

// TestSARIFIsValid checks reports against the schema of OASIS.
func TestSARIFIsValid(t *testing.T) {
	schema := sarifSchema(t)
	validSARIF(t, schema, written(t, "sarif", sample(plain)))
	validSARIF(t, schema, written(t, "sarif", &linter.Report{}))
	log, err := jsonschema.UnmarshalJSON(strings.NewReader(`{"version": "2.1.0", "runs": [{"tool": {}}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if schema.Validate(log) == nil {
		t.Error("the schema takes a run without a driver: it checks nothing")
	}
}

// many is a report with n findings of each severity, the least severe first.
func many(n int) *linter.Report {
	report := &linter.Report{}
	for _, severity := range []engine.Severity{engine.Note, engine.Warning, engine.Error} {
		for i := range n {
			report.Findings = append(report.Findings, linter.Finding{
				Rule: "r", Severity: severity, Message: fmt.Sprintf("%s %d", severity, i), Fingerprint: fmt.Sprint(severity, i),
				Place: linter.Place{File: "a.yaml", Line: i + 1, Column: 1, EndLine: i + 1, EndColumn: 2},
			})
		}
	}
	report.Rules = []engine.Rule{rule("r", "f", engine.Error)}
	return report
}

// TestSARIFLimit holds that 25,000 results are written, the most severe
// first, and that the cut is said.
func TestSARIFLimit(t *testing.T) {
	text := written(t, "sarif", many(12_000))
	var log struct {
		Runs []struct {
			Results []struct {
				Level string
			}
			Invocations []struct {
				ToolExecutionNotifications []struct{ Message struct{ Text string } }
			}
		}
	}
	if err := json.Unmarshal([]byte(text), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	counts := map[string]int{}
	for _, r := range run.Results {
		counts[r.Level]++
	}
	if counts["error"] != 12_000 || counts["warning"] != 12_000 || counts["note"] != 1_000 {
		t.Errorf("results: %v", counts)
	}
	notes := run.Invocations[0].ToolExecutionNotifications
	if len(notes) != 1 || !strings.Contains(notes[0].Message.Text, "11000 results of 36000 are left out") {
		t.Errorf("notifications: %v", notes)
	}
}

// TestGitHubLimit holds that ten errors and ten warnings are written, and the
// count of the rest in a notice that GitHub shows.
func TestGitHubLimit(t *testing.T) {
	counts := map[string]int{}
	last := ""
	for line := range strings.Lines(written(t, "github", many(25))) {
		counts[strings.SplitN(strings.TrimPrefix(line, "::"), " ", 2)[0]]++
		last = line
	}
	if counts["error"] != 10 || counts["warning"] != 10 || counts["notice"] != 10 {
		t.Errorf("commands: %v", counts)
	}
	if !strings.Contains(last, "46 findings more") {
		t.Errorf("last line: %s", last)
	}
}

// TestXMLParses reads what the XML formats write.
func TestXMLParses(t *testing.T) {
	for _, name := range []string{"junit", "checkstyle"} {
		checkXML(t, name, written(t, name, sample(plain)))
		checkXML(t, name, written(t, name, &linter.Report{}))
	}
}

func checkXML(t *testing.T, name, text string) {
	t.Helper()
	decoder := xml.NewDecoder(strings.NewReader(text))
	for {
		_, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Errorf("%s: %v\n%s", name, err, text)
			return
		}
	}
}
