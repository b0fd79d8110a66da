package format_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/aksnetlint/aksnetlint/linter/format"
)

// hostile are texts that an input may hold in order to speak in the name of
// the program.
var hostile = []string{
	"a\nb", "a\r\nb", "a\rb", "a\x00b", "a\tb", "a\vb\fb", "a\u0085b", "a\u2028b\u2029c",
	"::error::x", "a\n::error file=x::y", "::set-output name=x::y", "::add-mask::x", "%0A::error::x", "%25%0D%0A", "::stop-commands::x",
	"##vso[task.setvariable variable=x]y", "##[error]x", "a\n##vso[task.complete result=Succeeded]", "];x=y", "%AZP25",
	"\x1b[31mred\x1b[0m", "\x1b]8;;https://example.com\x07link\x1b]8;;\x07", "\u009b31m", "a\x08\x08b",
	"\u202egnp.exe", "\u2066a\u2069", "a\u200bb", "\ufeffa", "\U000e0041",
	"| a | b |", "[x](https://example.com)", "![x](https://example.com/a.png)", "<script>alert(1)</script>", "<!--", "`a`", "**b**", "@somebody", "https://example.com", "www.example.com", "a\\", "&lt;",
	"\"><x/>", "]]>", "<![CDATA[x]]>", "' onload='x", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)",
	"\xff\xfe", "a\xc3", "\xed\xa0\x80", "\ufffd", "\"", "\\u0000", strings.Repeat("x", 10_000), "", "😀",
}

// TestHostile puts each hostile text into every field of a report. No format
// may write a control character, a line of the text's own or a command.
func TestHostile(t *testing.T) {
	lines := map[string]int{}
	for _, name := range format.Names() {
		lines[name] = strings.Count(written(t, name, sample(func(string) string { return strings.Repeat("a", 60) })), "\n")
	}
	schema := sarifSchema(t)
	for _, text := range hostile {
		report := sample(func(string) string { return text })
		for _, name := range format.Names() {
			out := written(t, name, report)
			if r, bad := unsafeRune(out); bad {
				t.Errorf("%s of %q holds %q", name, text, r)
			}
			if got := strings.Count(out, "\n"); got > lines[name] {
				t.Errorf("%s of %q has %d lines, want %d at most:\n%s", name, text, got, lines[name], out)
			}
			checkCommands(t, name, text, out)
			switch name {
			case "sarif":
				validSARIF(t, schema, out)
			case "json":
				checkJSON(t, text, out)
			case "junit", "checkstyle":
				checkXML(t, name, out)
			case "markdown":
				checkMarkdown(t, text, out)
			}
		}
	}
}

// unsafeRune finds what must be in no output: control characters other than line
// ends, format characters other than those the program writes, broken UTF-8.
func unsafeRune(out string) (string, bool) {
	if !utf8.ValidString(out) {
		return "invalid UTF-8", true
	}
	for _, r := range out {
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029') {
			return string(r), true
		}
	}
	return "", false
}

var (
	githubCommand = regexp.MustCompile(`^::(error|warning|notice) (file=[^:,]*,line=\d+,col=\d+,endLine=\d+,endColumn=\d+,)?title=[a-z-]+::`)
	azureCommand  = regexp.MustCompile(`^##vso\[task\.logissue type=(error|warning);sourcepath=[^;\]]*;linenumber=\d+;columnnumber=\d+;code=[a-z-]+;\]`)
)

// checkCommands holds that a log reads no command but those of the format.
func checkCommands(t *testing.T, name, text, out string) {
	t.Helper()
	for line := range strings.Lines(out) {
		if name == "github" && !githubCommand.MatchString(line) {
			t.Errorf("github of %q: %s", text, line)
		}
		if name != "github" && strings.HasPrefix(strings.TrimSpace(line), "::") {
			t.Errorf("%s of %q begins a line with a command: %s", name, text, line)
		}
		if name == "azure-pipelines" && strings.HasPrefix(line, "##vso[") {
			if !azureCommand.MatchString(line) {
				t.Errorf("azure-pipelines of %q: %s", text, line)
			}
			line = line[2:]
		}
		if strings.Contains(line, "##vso[") || strings.Contains(line, "##[") {
			t.Errorf("%s of %q holds a command: %s", name, text, line)
		}
	}
}

// checkJSON holds that readers of the JSON get the text as it is.
func checkJSON(t *testing.T, text, out string) {
	t.Helper()
	var report struct{ Findings []struct{ Message string } }
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		t.Fatalf("json of %q: %v", text, err)
	}
	if utf8.ValidString(text) && report.Findings[0].Message != text {
		t.Errorf("json of %q reads as %q", text, report.Findings[0].Message)
	}
}

var (
	escaped  = regexp.MustCompile(`\\[\\` + "`" + `*_{}\[\]()#+\-!|~$]|@?&[a-z]+;|&#\d+;`)
	unmarked = regexp.MustCompile("[`*_\\[\\]<>!~$@]|https?://|www\\.")
)

// checkMarkdown holds that rows have their four cells and no markup in them.
func checkMarkdown(t *testing.T, text, out string) {
	t.Helper()
	for line := range strings.Lines(out) {
		if !strings.HasPrefix(line, "| ") || strings.HasPrefix(line, "| severity") {
			continue
		}
		bare := escaped.ReplaceAllString(line, "")
		if strings.Count(bare, "|") != 5 {
			t.Errorf("markdown of %q: row with other cells: %s", text, line)
		}
		if found := unmarked.FindString(bare); found != "" {
			t.Errorf("markdown of %q holds %q: %s", text, found, line)
		}
	}
}
