package ruletest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/aksnetlint/aksnetlint/linter"
	"github.com/aksnetlint/aksnetlint/linter/engine"
)

// suite are the cases of one txtar file.
type suite struct {
	linter *linter.Linter
	rules  map[string]engine.Rule
	rule   string
	file   string
	dir    string
}

// wantName is the section that lists the findings.
const wantName = "want"

// runCases runs the cases of one file: bad/NAME and good/NAME are a file or a
// folder each, want lists what is found in them.
func runCases(ctx context.Context, l *linter.Linter, rules map[string]engine.Rule, file string, update bool) ([]Test, error) {
	id := strings.ReplaceAll(strings.TrimSuffix(filepath.Base(file), ".txtar"), "_", "-")
	if _, ok := rules[id]; !ok {
		return []Test{{Kind: Case, Suite: id, Name: "rule", Place: filepath.ToSlash(file), Message: "no rule of that name was loaded: the file is named like its rule"}}, nil
	}
	archive, err := txtar.ParseFile(file)
	if err != nil {
		return nil, fmt.Errorf("reading cases: %w", err)
	}
	dir, err := os.MkdirTemp("", "aksnetlint-test-")
	if err != nil {
		return nil, fmt.Errorf("running cases: %w", err)
	}
	defer os.RemoveAll(dir)
	s := suite{linter: l, rules: rules, rule: id, file: filepath.ToSlash(file), dir: dir}
	names, err := s.unpack(archive)
	if err != nil {
		return nil, err
	}
	want := wanted(archive)
	var tests []Test
	var found []string
	for _, name := range names {
		test, lines, err := s.runCase(ctx, name, want)
		if err != nil {
			return nil, err
		}
		found = append(found, lines...)
		unknown, err := s.doubt(ctx, name)
		if err != nil {
			return nil, err
		}
		tests = append(tests, test, unknown)
	}
	if !slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(n, "bad/") }) {
		tests = append(tests, Test{Kind: Case, Suite: id, Name: "bad", Place: s.file, Message: "there is no bad case: nothing shows that the rule ever finds something"})
	}
	for _, line := range want {
		if !slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(line, n) }) {
			tests = append(tests, Test{Kind: Case, Suite: id, Name: wantName, Place: s.file, Message: "want names no case: " + line})
		}
	}
	if update {
		return tests, rewrite(file, archive, found)
	}
	return tests, nil
}

// unpack writes the cases below the suite's folder and returns their names.
func (s *suite) unpack(archive *txtar.Archive) ([]string, error) {
	var names []string
	for _, f := range archive.Files {
		if f.Name == wantName {
			continue
		}
		parts := strings.SplitN(f.Name, "/", 3)
		if !filepath.IsLocal(filepath.FromSlash(f.Name)) || len(parts) < 2 || parts[0] != "bad" && parts[0] != "good" {
			return nil, fmt.Errorf("%s: file %q is neither below bad/ nor below good/", s.file, f.Name)
		}
		if name := parts[0] + "/" + parts[1]; !slices.Contains(names, name) {
			names = append(names, name)
		}
		path := filepath.Join(s.dir, filepath.FromSlash(f.Name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, f.Data, 0o644)); err != nil {
			return nil, fmt.Errorf("unpacking %s: %w", s.file, err)
		}
	}
	return names, nil
}

func wanted(archive *txtar.Archive) []string {
	for _, f := range archive.Files {
		if text := strings.TrimSpace(string(f.Data)); f.Name == wantName && text != "" {
			return strings.Split(text, "\n")
		}
	}
	return nil
}

// runCase lints one case. In a bad one the findings of the rule count, in a
// good one those of all custom rules and of the input itself.
func (s *suite) runCase(ctx context.Context, name string, want []string) (Test, []string, error) {
	test := Test{Kind: Case, Suite: s.rule, Name: name, Place: s.file}
	start := time.Now()
	report, err := s.linter.Run(ctx, filepath.Join(s.dir, filepath.FromSlash(name)))
	if err != nil {
		return test, nil, fmt.Errorf("%s: %s: %w", s.file, name, err)
	}
	test.Duration = time.Since(start)
	var lines []string
	for _, f := range report.Findings {
		if f.Rule == s.rule || strings.HasPrefix(name, "good/") && s.counts(f.Rule) {
			lines = append(lines, s.line(f))
		}
	}
	var problems []string
	if err := report.Err(); err != nil {
		problems = append(problems, err.Error())
	}
	if len(lines) == 0 && strings.HasPrefix(name, "bad/") {
		problems = append(problems, "the rule finds nothing in this bad case")
	}
	problems = append(problems, compare(caseLines(want, name), lines)...)
	test.Passed, test.Message = len(problems) == 0, strings.Join(problems, "\n")
	return test, lines, nil
}

// counts says whether findings of a rule must be listed for good cases.
func (s *suite) counts(rule string) bool {
	_, custom := s.rules[rule]
	return custom || slices.Contains([]string{"parse-error", "template-error", "parameter-error", "input-limit"}, rule)
}

func (s *suite) line(f linter.Finding) string {
	file := strings.TrimPrefix(f.File, filepath.ToSlash(s.dir)+"/")
	line := fmt.Sprintf("%s:%d:%d: %s: %s", file, f.Line, f.Column, f.Severity, f.Rule)
	for _, c := range f.When {
		line += fmt.Sprintf(" when %s in %v", c.Parameter, c.Values)
	}
	return line + ": " + f.Message
}

// caseLines are the wanted lines of one case.
func caseLines(want []string, name string) []string {
	var lines []string
	for _, w := range want {
		if rest, ok := strings.CutPrefix(w, name); ok && (strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, "/")) {
			lines = append(lines, w)
		}
	}
	return lines
}

// compare says what is missing and what is too much; a wanted line may leave
// out the message.
func compare(want, got []string) []string {
	var problems []string
	rest := slices.Clone(got)
	for _, w := range want {
		i := slices.IndexFunc(rest, func(g string) bool {
			return g == w || strings.HasPrefix(g, w+": ") || strings.HasPrefix(g, w+" when ")
		})
		if i < 0 {
			problems = append(problems, "missing: "+w)
			continue
		}
		rest = slices.Delete(rest, i, i+1)
	}
	for _, g := range rest {
		problems = append(problems, "not wanted: "+g)
	}
	return problems
}

// rewrite puts what was found into the want section.
func rewrite(file string, archive *txtar.Archive, found []string) error {
	data := []byte(strings.Join(append(found, ""), "\n"))
	i := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == wantName })
	if i < 0 {
		archive.Files = append(archive.Files, txtar.File{Name: wantName})
		i = len(archive.Files) - 1
	}
	archive.Files[i].Data = data
	if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
		return fmt.Errorf("updating cases: %w", err)
	}
	return nil
}
