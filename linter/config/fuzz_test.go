package config_test

import (
	"context"
	"strings"
	"testing"

	"github.com/aksnetlint/aksnetlint/linter/config"
)

// FuzzParse holds that a configuration is read or refused with its name, never with a
// crash, and that what is read has places.
func FuzzParse(f *testing.F) {
	template, err := config.Template()
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{
		string(template), "severity: {a: off}\n", "ignore:\n  - rule: a\n    reason: b\n    paths: ['**']\n",
		"overrides: [{paths: [x], severity: {a: no}}]\n", "parameters: {a: &x [*x]}\n", "exclude: [a\n", "a: 1\n---\n",
		"settings: {onprem-cidrs: [10.0.0.0/8]}\nclusters: {a: [b]}\n", "rules: [\"\\x00\"]\nparams: {a: {b: 1e400}}\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<14 {
			return
		}
		c, err := config.Parse(context.Background(), "c.yaml", []byte(text))
		if err != nil {
			if !strings.Contains(err.Error(), "c.yaml") {
				t.Errorf("the error does not name the file: %v", err)
			}
			return
		}
		for i := range c.Ignore {
			if place := c.Place("ignore", i, "rule"); !strings.HasPrefix(place, "c.yaml:") {
				t.Errorf("ignore %d is at %q", i, place)
			}
		}
	})
}
