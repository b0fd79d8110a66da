package config_test

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/aksnetlint/aksnetlint/linter/config"
)

// TestParseErrors holds the messages for what is wrong, each with its place.
func TestParseErrors(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"unknown key", "severities: {}\n", `c.yaml:1:1: unknown key "severities", did you mean "severity"?`},
		{"unknown key far from all", "zzzzzzzzzzzz: 1\n", `c.yaml:1:1: unknown key "zzzzzzzzzzzz": known are baseline, `},
		{"unknown key inside", "ignore:\n  - rule: a\n    reson: b\n", `c.yaml:3:5: unknown key "reson", did you mean "reason"?`},
		{"missing key", "ignore:\n  - rule: a\n", `c.yaml:2:5: "ignore" lacks "reason"`},
		{"wrong type", "exclude: a\n", `c.yaml:1:10: "exclude" is of type string, want array`},
		{"wrong value", "severity:\n  a: fatal\n", `c.yaml:2:6: "a" is "fatal", want error, warning, note, off`},
		{"another boolean", "severity:\n  a: no\n", `c.yaml:2:6: "a" is of type boolean, want string`},
		{"key twice", "exclude: []\nexclude: []\n", `c.yaml:1:1: key "exclude" stands twice`},
		{"no object", "- a\n", `c.yaml:1:1: the configuration is of type array, want object`},
		{"several documents", "a: 1\n---\nb: 1\n", `c.yaml holds several documents`},
		{"broken", "a: [\n", `c.yaml:`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := config.Parse(context.Background(), "c.yaml", []byte(c.text))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %s", err, c.want)
			}
		})
	}
}

// TestParse reads one of each member.
func TestParse(t *testing.T) {
	c, err := config.Parse(context.Background(), "c.yaml", uncommented(t))
	if err != nil {
		t.Fatal(err)
	}
	for name, ok := range map[string]bool{
		"severity": len(c.Severity) > 0, "params": len(c.Params) > 0, "overrides": len(c.Overrides) > 0 && len(c.Overrides[0].Paths) > 0,
		"exclude": len(c.Exclude) > 0, "ignore": len(c.Ignore) > 0 && c.Ignore[0].Reason != "", "parameter-files": len(c.ParameterFiles) > 0,
		"parameters": len(c.Parameters) > 0, "facts": len(c.Facts) > 0, "clusters": len(c.Clusters) > 0, "rules": len(c.Rules) > 0,
		"baseline": c.Baseline != "", "fail-on": c.FailOn != "", "target": c.Target.Location != "", "settings": len(c.Settings.OnPremCIDRs) > 0,
	} {
		if !ok {
			t.Errorf("%s was not read", name)
		}
	}
}

// TestOff reads the word that YAML 1.1 takes for a boolean.
func TestOff(t *testing.T) {
	c, err := config.Parse(context.Background(), "c.yaml", []byte("severity: {a: off, b: 'off'}\noverrides:\n  - paths: [x]\n    severity:\n      c: Off\n"))
	if err != nil {
		t.Fatal(err)
	}
	if c.Severity["a"] != "off" || c.Severity["b"] != "off" || c.Overrides[0].Severity["c"] != "off" {
		t.Errorf("read %v, %v", c.Severity, c.Overrides)
	}
}

// uncommented is the template with the comments taken from its keys.
func uncommented(t *testing.T) []byte {
	t.Helper()
	text, err := config.Template()
	if err != nil {
		t.Fatal(err)
	}
	return regexp.MustCompile(`(?m)^#([^ #\n]|  |- )`).ReplaceAll(text, []byte("$1"))
}

// TestTemplateLoads holds that the file that init writes can be read.
func TestTemplateLoads(t *testing.T) {
	text, err := config.Template()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := config.Parse(context.Background(), config.FileName, text); err != nil {
		t.Errorf("as written: %v", err)
	}
}

// TestFind stops at the root of the repository.
func TestFind(t *testing.T) {
	root := t.TempDir()
	repository := filepath.Join(root, "repository")
	inner := filepath.Join(repository, "a", "b")
	for _, dir := range []string{inner, filepath.Join(repository, ".git")} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	write := func(dir string) string {
		path := filepath.Join(dir, config.FileName)
		if err := os.WriteFile(path, nil, 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	find := func() string {
		found, err := config.Find(inner)
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	write(root)
	if got := find(); got != "" {
		t.Errorf("found %s outside of the repository", got)
	}
	if want := write(repository); find() != want {
		t.Errorf("found %q, want %q", find(), want)
	}
	if want := write(inner); find() != want {
		t.Errorf("found %q, want %q", find(), want)
	}
	t.Chdir(filepath.Join(repository, "a"))
	if got, err := config.Find("b"); got != filepath.Join("b", config.FileName) || err != nil {
		t.Errorf("found %q from a relative path, %v", got, err)
	}
}
