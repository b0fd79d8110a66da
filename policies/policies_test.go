package policies_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/aksnetlint/aksnetlint/linter/engine"
	"github.com/aksnetlint/aksnetlint/policies"
)

// regoFiles are all Rego files on disk, rules, libraries and tests.
func regoFiles(t *testing.T) []engine.Module {
	t.Helper()
	names, err := filepath.Glob("*/*.rego")
	if err != nil || len(names) == 0 {
		t.Fatalf("no Rego files: %v", err)
	}
	var modules []engine.Module
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		modules = append(modules, engine.Module{Path: filepath.ToSlash(name), Text: text})
	}
	return modules
}

// Every built-in module compiles, obeys the contract and fits the schema of
// its input.
func TestModulesObeyTheContract(t *testing.T) {
	options := engine.Options{Schemas: policies.Schemas()}
	for _, m := range policies.Modules() {
		options.Modules = append(options.Modules, engine.Module{Path: m.Path, Text: m.Text})
	}
	e, err := engine.New(context.Background(), options)
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Check(context.Background()); err != nil {
		t.Error(err)
	}
	for _, r := range e.Rules() {
		test := filepath.Join(r.Family, strings.ReplaceAll(r.ID, "-", "_")+"_test.rego")
		if _, err := os.Stat(test); err != nil {
			t.Errorf("rule %s has no tests: %v", r.ID, err)
		}
	}
}

func TestModulesAreFormatted(t *testing.T) {
	for _, m := range regoFiles(t) {
		formatted, err := engine.Format(m)
		if err != nil {
			t.Error(err)
			continue
		}
		if !bytes.Equal(formatted, m.Text) {
			t.Errorf("%s is not as opa fmt writes it", m.Path)
		}
	}
}

var wholeNumberVerb = regexp.MustCompile(`%[-+#0-9.]*[bcdoxXU]`)

// TestVerbsFitEveryNumber holds rules to %v for numbers: what is written in a file may
// be a fraction, which the verbs for whole numbers cannot write.
func TestVerbsFitEveryNumber(t *testing.T) {
	for _, m := range regoFiles(t) {
		if strings.HasSuffix(m.Path, "_test.rego") {
			continue
		}
		n := 0
		for line := range strings.Lines(string(m.Text)) {
			n++
			if verb := wholeNumberVerb.FindString(strings.ReplaceAll(line, "%%", "")); verb != "" {
				t.Errorf("%s:%d: write numbers with %%v, not %s", m.Path, n, verb)
			}
		}
	}
}

// The unit tests of the rules pass and evaluate every line of them.
func TestRego(t *testing.T) {
	results, coverage, err := engine.TestModules(context.Background(), regoFiles(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(results) == 0 {
		t.Fatal("no tests ran")
	}
	for _, r := range results {
		if !r.Pass {
			t.Errorf("%s: %s %s failed: %s", r.Place, r.Package, r.Name, r.Message)
		}
	}
	for _, c := range coverage {
		if len(c.Uncovered) > 0 {
			t.Errorf("%s: no test evaluates lines %v", c.Path, c.Uncovered)
		}
	}
}

func TestARMPropertyNames(t *testing.T) {
	seen := map[string]string{}
	for _, name := range policies.ARMPropertyNames() {
		if other, ok := seen[strings.ToLower(name)]; ok {
			t.Errorf("%s is listed as %s too: a template's spelling could not be settled", name, other)
		}
		seen[strings.ToLower(name)] = name
	}
	for _, name := range []string{"vnetSubnetID", "podCidr", "addressPrefixes", "routeTable"} {
		if seen[strings.ToLower(name)] != name {
			t.Errorf("%s is not listed", name)
		}
	}
}
