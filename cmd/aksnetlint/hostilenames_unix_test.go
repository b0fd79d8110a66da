//go:build unix

package main

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/aksnetlint/aksnetlint/linter/format"
)

// hostileNames are names of files and objects that a terminal, a log, a review tool or a
// spreadsheet could take for something else.
var hostileNames = []string{
	"new\nline", "carriage\rreturn", "percent%0Anewline", "%25%0D", "::error::commanded", "\n::error file=x::commanded", "::stop-commands::x",
	"##vso[task.setvariable variable=x]commanded", "##[error]commanded", "\x1b[31mred\x1b[0m", "\x1b]8;;https:evil.example\x07link", "\u202egnp.exe", "\u2066bidi\u2069", "\u200bzero", "\u2028line", "bell\x07\x00nul", "\x9b31m",
	"[link](https:evil.example)", "![image](https:evil.example)", "`code`", "a|b|c", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&lt;", "@everyone", "*bold*", "]]>", "--><!--",
	"=HYPERLINK(0)", "+1+1", "-1+1", "@SUM(1)", "a;b]c,d:e", "\xff\xfe",
}

// writeHostileNames makes a Service for each of the names, in a file of that name as
// far as a file system takes it.
func writeHostileNames(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for i, name := range hostileNames {
		file := strings.NewReplacer("/", "_", "\x00", "").Replace(name) + ".yaml"
		quoted, err := json.Marshal(strings.ToValidUTF8(name, "\ufffd"))
		if err != nil {
			t.Fatal(err)
		}
		// The member after the name is refused with its text in the message.
		text := fmt.Sprintf("apiVersion: v1\nkind: Service\nmetadata: {name: %[1]s, namespace: %[1]s}\nspec: {type: LoadBalancer, ports: [{port: 80, name: %[1]s}], loadBalancerIP: %[1]s}\n# %[2]d\n", quoted, i)
		if i%5 == 0 {
			text += fmt.Sprintf("---\n{%s: [\n", quoted)
		}
		if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestHostileNames runs the program over hostile names in each format.
func TestHostileNames(t *testing.T) {
	dir := writeHostileNames(t)
	checks := map[string]func(*testing.T, string){
		"text": nothingMore, "json": isJSON, "sarif": isJSON, "github": oneCommandALine, "junit": isXML, "checkstyle": isXML,
		"markdown": isEscapedMarkdown, "azure-pipelines": oneLoggingCommandALine,
	}
	for _, name := range format.Names() {
		t.Run(name, func(t *testing.T) {
			cmd := exec.CommandContext(t.Context(), "aksnetlint", "--no-config", "--verbose", "--show-undecided", "-o", name, ".")
			cmd.Dir = dir
			var stdout, stderr bytes.Buffer
			cmd.Stdout, cmd.Stderr = &stdout, &stderr
			_ = cmd.Run()
			if code := cmd.ProcessState.ExitCode(); code != exitFindings || stdout.Len() < 200 || stderr.Len() > 0 {
				t.Fatalf("exit code %d, %d bytes, %s", code, stdout.Len(), stderr.String())
			}
			if checks[name] == nil {
				t.Fatal("the format has no check of its own")
			}
			checkInvisible(t, stdout.String())
			checks[name](t, stdout.String())
		})
	}
}

// TestHostileNamesInErrors names hostile files on the command line and reads the
// error for what a log would take for a command.
func TestHostileNamesInErrors(t *testing.T) {
	for i, name := range hostileNames {
		name = strings.ReplaceAll(name, "\x00", "")
		flags := []string{"--parameters", "--config", "--baseline", "--rules", "--facts", "--set"}
		for _, args := range [][]string{{"./" + name}, {flags[i%len(flags)], name, "."}} {
			var stderr bytes.Buffer
			cmd := exec.CommandContext(t.Context(), "aksnetlint", args...)
			cmd.Dir = t.TempDir()
			cmd.Stderr = &stderr
			_ = cmd.Run()
			checkInvisible(t, stderr.String())
			for line := range strings.Lines(stderr.String()) {
				if strings.HasPrefix(line, "::") || strings.Contains(line, "##vso[") || strings.Contains(line, "##[") {
					t.Errorf("%q: %q is a command", args, line)
				}
			}
		}
	}
}

// checkInvisible holds that nothing but line breaks is invisible or moves a cursor.
func checkInvisible(t *testing.T, out string) {
	t.Helper()
	if !utf8.ValidString(out) {
		t.Error("not UTF-8")
	}
	for i, r := range out {
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028') {
			t.Fatalf("%U in %q", r, out[max(0, i-60):min(len(out), i+20)])
		}
	}
}

// nothingMore holds that no line is a command.
func nothingMore(t *testing.T, out string) {
	for line := range strings.Lines(out) {
		if strings.HasPrefix(strings.TrimSpace(line), "::") || strings.Contains(line, "##vso[") || strings.Contains(line, "##[") {
			t.Errorf("%q is a command", line)
		}
	}
}

func isJSON(t *testing.T, out string) {
	nothingMore(t, out)
	if !json.Valid([]byte(out)) {
		t.Error("not valid JSON")
	}
}

func isXML(t *testing.T, out string) {
	nothingMore(t, out)
	allowed := map[string]bool{"testsuites": true, "testsuite": true, "testcase": true, "failure": true, "checkstyle": true, "file": true, "error": true}
	decoder := xml.NewDecoder(strings.NewReader(out))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if start, ok := token.(xml.StartElement); ok && !allowed[start.Name.Local] {
			t.Errorf("element %s came from a name", start.Name.Local)
		}
	}
}

// githubCommand is a whole workflow command as the format writes it: no property
// holds a separator, and a percent sign stands in an escape only.
var githubCommand = regexp.MustCompile(`^::(error|warning|notice) (file=[^:,]*,line=\d+,col=\d+,endLine=\d+,endColumn=\d+,)?title=[^:,]*::`)

func oneCommandALine(t *testing.T, out string) {
	escape := regexp.MustCompile(`%(25|0D|0A|3A|2C)`)
	for line := range strings.Lines(out) {
		if !githubCommand.MatchString(line) || strings.Contains(escape.ReplaceAllString(line, ""), "%") || strings.Contains(line, "##[") || strings.Contains(line, "##vso[") {
			t.Errorf("%q is not one command", line)
		}
	}
}

var azureCommand = regexp.MustCompile(`^##vso\[task\.logissue type=(error|warning);sourcepath=[^;\]]*;linenumber=\d+;columnnumber=\d+;code=[a-z-]+;\]`)

func oneLoggingCommandALine(t *testing.T, out string) {
	for line := range strings.Lines(out) {
		rest := azureCommand.ReplaceAllString(line, "")
		if strings.Contains(rest, "##vso[") || strings.Contains(rest, "##[") || strings.HasPrefix(rest, "::") {
			t.Errorf("%q holds another command", line)
		}
	}
}

// isEscapedMarkdown holds that each row of the table has its four cells, and no
// mark of a name is left.
func isEscapedMarkdown(t *testing.T, out string) {
	nothingMore(t, out)
	plain := regexp.MustCompile(`\\.|&(lt|gt|amp|zwj|#58|#46);`)
	rows := 0
	for line := range strings.Lines(out) {
		if !strings.HasPrefix(line, "| ") || strings.HasPrefix(line, "| severity") {
			continue
		}
		rows++
		left := plain.ReplaceAllString(line, "\u00b7")
		if strings.Count(left, "|") != 5 || strings.ContainsAny(left, "<>`*[]&") || regexp.MustCompile(`@\w`).MatchString(left) {
			t.Errorf("markup is left in %q", line)
		}
	}
	if rows < len(hostileNames) {
		t.Errorf("%d rows", rows)
	}
}
