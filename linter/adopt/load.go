package adopt

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
	"sync"

	"github.com/aksnetlint/aksnetlint/linter/engine"
	"github.com/aksnetlint/aksnetlint/linter/engine/bundle"
)

// Load reads the rules of a folder or bundle, with the conftest policies
// (package main) among them, and the Gatekeeper templates and constraints of a folder.
func Load(ctx context.Context, source string, opts bundle.Options) (bundle.Contents, error) {
	contents, err := bundle.Load(ctx, source, opts)
	if err != nil && !errors.Is(err, bundle.ErrNoModules) {
		return bundle.Contents{}, err
	}
	contents.Modules = conftest(source, contents.Modules)
	if info, statErr := os.Stat(source); statErr == nil && info.IsDir() && len(opts.Key) == 0 {
		modules, err := gatekeeper(ctx, source)
		if err != nil {
			return bundle.Contents{}, fmt.Errorf("reading Gatekeeper policies: %w", err)
		}
		contents.Modules = append(contents.Modules, modules...)
	}
	if len(contents.Modules) == 0 {
		return bundle.Contents{}, err
	}
	return contents, nil
}

// notInName is what cannot stand in a rule's id.
var notInName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[^a-z0-9]+`) })

// ruleID makes an id of lower-case words and dashes.
func ruleID(parts ...string) string {
	return strings.Trim(notInName().ReplaceAllString(strings.ToLower(strings.Join(parts, "-")), "-"), "-")
}

// wrapper is a rule that asks an adopted policy for its verdict.
type wrapper struct {
	id, title, description, link, severity, remediation string
	// file is where the policy stands.
	file string
	// params are the settings of the rule as JSON, empty for none.
	params string
	body   string
}

// module writes the rule. Text of the user goes into METADATA as JSON strings,
// which are YAML too.
func (w wrapper) module() engine.Module {
	params := ""
	if w.params != "" {
		params = "#   params: " + w.params + "\n"
	}
	text := fmt.Sprintf(`# METADATA
# title: %q
# description: %q
# related_resources:
#   - ref: %s
# custom:
#   severity: %s
#   targets: ["*"]
#   remediation: %q
%spackage aksnetlint.rules[%q]

%s`, w.title, w.description, w.link, w.severity, w.remediation, params, w.id, w.body)
	return engine.Module{Path: w.file + "/" + strings.ReplaceAll(w.id, "-", "_") + ".rego", Text: []byte(text), Custom: true}
}
