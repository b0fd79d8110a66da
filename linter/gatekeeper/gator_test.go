package gatekeeper_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/aksnetlint/aksnetlint/linter"
	"github.com/aksnetlint/aksnetlint/linter/gatekeeper"
)

// gatorEnv asks for the check by gator also where it is not installed, which is
// then an error: releases set it.
const gatorEnv = "AKSNETLINT_GATOR"

// suite is a Suite of gator, the test runner of Gatekeeper.
type suite struct {
	Kind       string            `json:"kind"`
	APIVersion string            `json:"apiVersion"`
	Metadata   map[string]string `json:"metadata"`
	Tests      []suiteTest       `json:"tests"`
}

type suiteTest struct {
	Name       string      `json:"name"`
	Template   string      `json:"template"`
	Constraint string      `json:"constraint"`
	Cases      []suiteCase `json:"cases"`
}

type suiteCase struct {
	Name       string      `json:"name"`
	Object     string      `json:"object"`
	Assertions []assertion `json:"assertions"`
}

// assertion says how many violations there are whose message fits a regular expression.
type assertion struct {
	Violations int    `json:"violations"`
	Message    string `json:"message,omitempty"`
}

// gator, which runs policies as a cluster does, comes to the verdicts of the rules
// for the objects in the cases of each rule.
func TestGator(t *testing.T) {
	gator, err := exec.LookPath("gator")
	if err != nil {
		if os.Getenv(gatorEnv) == "required" {
			t.Fatal("gator is not installed")
		}
		t.Skip("gator is not installed")
	}
	l, list := exported(t)
	subjects := kubernetesSubjects(t, l)
	dir := t.TempDir()
	tests := suite{Kind: "Suite", APIVersion: "test.gatekeeper.sh/v1alpha1", Metadata: map[string]string{"name": "aksnetlint"}}
	cases, violations := 0, 0
	for _, p := range list {
		files := writeSeparately(t, dir, p)
		objects, hits := casesOf(t, l, dir, p, subjects)
		for i, c := range p.Constraints {
			test := suiteTest{Name: c.Name, Template: files[0], Constraint: files[i+1]}
			for _, o := range objects {
				test.Cases = append(test.Cases, suiteCase{o.name, o.file, o.assertions(c.EnforcementAction == "deny")})
			}
			cases += len(test.Cases)
			tests.Tests = append(tests.Tests, test)
		}
		violations += hits
	}
	if cases < 200 || violations < 100 {
		t.Errorf("only %d cases with %d violations", cases, violations)
	}
	write(t, filepath.Join(dir, "suite.yaml"), tests)
	out, err := exec.Command(gator, "verify", filepath.Join(dir, "suite.yaml")).CombinedOutput()
	if err != nil {
		t.Fatalf("gator verify: %v\n%s", err, out[max(0, len(out)-4000):])
	}
	t.Logf("%d policies, %d cases, %d violations: %s", len(list), cases, violations, bytes.TrimSpace(out))
}

// writeSeparately writes the template of a policy and its constraints as a file each,
// the way that gator reads them.
func writeSeparately(t *testing.T, dir string, p gatekeeper.Policy) (names []string) {
	t.Helper()
	var text bytes.Buffer
	if err := gatekeeper.Write(&text, []gatekeeper.Policy{p}); err != nil {
		t.Fatal(err)
	}
	for i, doc := range strings.Split(strings.TrimPrefix(text.String(), "---\n"), "\n---\n") {
		name := fmt.Sprintf("%s-%d.yaml", p.Rule.ID, i)
		if err := os.WriteFile(filepath.Join(dir, name), []byte(doc+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	if len(names) != 1+len(p.Constraints) {
		t.Fatalf("%s: %d documents", p.Rule.ID, len(names))
	}
	return names
}

// object is a case of gator and what the rule says of it.
type object struct {
	name, file string
	errors     []string
	others     []string
}

// assertions are what a constraint has to say: all violations, and each message.
func (o object) assertions(denies bool) []assertion {
	want := o.others
	if denies {
		want = o.errors
	}
	list := []assertion{{Violations: len(want)}}
	for _, message := range want {
		list = append(list, assertion{1, "^" + regexp.QuoteMeta(message) + "$"})
	}
	return list
}

// casesOf writes the objects of a rule's own cases and judges them by the rule.
func casesOf(t *testing.T, l *linter.Linter, dir string, p gatekeeper.Policy, subjects []linter.Subject) (list []object, hits int) {
	t.Helper()
	file := p.Rule.ID + ".txtar"
	other := strings.ReplaceAll(p.Rule.ID, "-", "_") + ".txtar"
	for i, s := range subjects {
		steps := strings.Split(filepath.ToSlash(s.Place.File), "/")
		if !slices.Contains(steps, file) && !slices.Contains(steps, other) ||
			!slices.ContainsFunc(p.Rule.Targets, func(target string) bool { return strings.EqualFold(target, s.Kind) }) {
			continue
		}
		if o, ok := s.Input["resource"].(map[string]any); !ok || o["kind"] == nil {
			// A patch, which no cluster is ever given.
			continue
		}
		s.Input = map[string]any{"resource": s.Input["resource"]}
		local, err := l.Evaluate(context.Background(), s, p.Rule.ID)
		if err != nil || len(local.Failures) > 0 {
			t.Fatalf("%s on %s: %v %v", p.Rule.ID, s.Name, err, local.Failures)
		}
		if len(local.Undecided) > 0 {
			continue
		}
		o := object{name: fmt.Sprintf("%s-%d", s.Name, i), file: fmt.Sprintf("object-%d.yaml", i)}
		for _, h := range local.Hits {
			if h.Severity == "error" {
				o.errors = append(o.errors, h.Message)
			} else {
				o.others = append(o.others, h.Message)
			}
		}
		o.errors, o.others = distinct(o.errors), distinct(o.others)
		write(t, filepath.Join(dir, o.file), s.Input["resource"])
		list, hits = append(list, o), hits+len(o.errors)+len(o.others)
	}
	return list, hits
}

// distinct drops repeated messages: a violation at admission has no place.
func distinct(messages []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(messages)))
}

// write writes a value as JSON, which is YAML too.
func write(t *testing.T, path string, v any) {
	t.Helper()
	text, err := json.MarshalIndent(v, "", " ")
	if err == nil {
		err = os.WriteFile(path, text, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}
