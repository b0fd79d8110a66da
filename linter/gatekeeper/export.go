// Package gatekeeper writes rules about Kubernetes objects as Gatekeeper
// policies, so that a cluster refuses at admission what a pull request would.
package gatekeeper

import (
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/aksnetlint/aksnetlint/linter/engine"
)

// Policy is a rule as a ConstraintTemplate with two Constraints: one that
// denies what the rule calls an error, one that warns of the rest.
type Policy struct {
	Rule engine.Rule
	// Kind is the kind of the Constraints.
	Kind string
	// Rego is the policy, Libraries the modules that it imports by the package
	// data.lib; both are of Rego v1.
	Rego      string
	Libraries []string
	// Constraints are the two Constraints.
	Constraints []Constraint
}

// Constraint is one Constraint of a policy.
type Constraint struct {
	Name              string
	EnforcementAction string
	Parameters        map[string]any
}

// Skipped is a rule that is not exported, and why.
type Skipped struct{ Rule, Reason string }

// Options say what is exported.
type Options struct {
	Rules []engine.Rule
	// Modules are those of the rules and of the libraries.
	Modules []engine.Module
	// Settings are data.settings, Params data.params over the defaults of the rules.
	Settings map[string]any
	Params   map[string]map[string]any
}

var (
	packageLine = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?m)^package[ \t]+(.+)$`) })
	libraryRef  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\bdata\.aksnetlint\.lib\.(\w+)`) })
	wholeInput  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\binput\b[^.]`) })
	otherInput  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\binput\.(?:workspace|deployment)\b`) })
	anyComment  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?m)^#.*\n`) })
)

// rewritten are the references that mean something else in Gatekeeper.
var rewritten = strings.NewReplacer(
	"input.resource", "input.review.object",
	"data.params[", "input.parameters.params[",
	"data.settings", "input.parameters.settings",
	"data.aksnetlint.lib.", "data.lib.aksnetlint.",
)

// Export makes a policy of each rule that judges Kubernetes objects by
// themselves; the others are listed with the reason.
func Export(opts Options) ([]Policy, []Skipped) {
	texts := map[string]string{}
	for _, m := range opts.Modules {
		if found := packageLine().FindSubmatch(m.Text); found != nil {
			texts[strings.TrimSpace(string(found[1]))] = string(m.Text)
		}
	}
	var policies []Policy
	var skipped []Skipped
	for _, rule := range opts.Rules {
		text, ok := texts[fmt.Sprintf("aksnetlint.rules[%q]", rule.ID)]
		if !ok {
			continue
		}
		if reason := notExported(rule, text, texts); reason != "" {
			skipped = append(skipped, Skipped{rule.ID, reason})
			continue
		}
		policies = append(policies, policyOf(rule, text, texts, opts))
	}
	return policies, skipped
}

// notExported says why a rule cannot judge at admission; "" where it can.
func notExported(rule engine.Rule, text string, texts map[string]string) string {
	if len(kindsOf(rule)) == 0 {
		return "it judges no Kubernetes objects"
	}
	for _, module := range append([]string{text}, librariesOf(text, texts)...) {
		module = anyComment().ReplaceAllString(module, "")
		if otherInput().MatchString(module) || wholeInput().MatchString(module) {
			return "it looks at more than the object itself"
		}
	}
	return ""
}

// librariesOf are the libraries that a module imports, and those that they do.
func librariesOf(text string, texts map[string]string) []string {
	var names []string
	pending := []string{text}
	for len(pending) > 0 {
		for _, found := range libraryRef().FindAllStringSubmatch(pending[0], -1) {
			if !slices.Contains(names, found[1]) {
				names = append(names, found[1])
				pending = append(pending, texts["aksnetlint.lib."+found[1]])
			}
		}
		pending = pending[1:]
	}
	slices.Sort(names)
	libraries := make([]string, len(names))
	for i, name := range names {
		libraries[i] = texts["aksnetlint.lib."+name]
	}
	return libraries
}

// kind of a Kubernetes group.
type kind struct{ group, kind string }

// kindsOf are the Kubernetes kinds among the targets of a rule.
func kindsOf(rule engine.Rule) []kind {
	var kinds []kind
	for _, target := range rule.Targets {
		group, name, grouped := strings.Cut(target, "/")
		switch {
		case !grouped:
			kinds = append(kinds, kind{"", group})
		case strings.HasPrefix(target, "Microsoft."), target == "helm/values":
		default:
			kinds = append(kinds, kind{group, name})
		}
	}
	return slices.DeleteFunc(kinds, func(k kind) bool { return k.kind == engine.EveryKind })
}

func policyOf(rule engine.Rule, text string, texts map[string]string, opts Options) Policy {
	p := Policy{Rule: rule, Kind: "Aksnetlint" + camel(rule.ID)}
	params := map[string]any{}
	for name, v := range rule.Params {
		params[name] = v
	}
	for name, v := range opts.Params[rule.ID] {
		params[name] = v
	}
	for _, c := range []struct {
		action     string
		severities []any
	}{{"deny", []any{"error"}}, {"warn", []any{"warning", "note"}}} {
		p.Constraints = append(p.Constraints, Constraint{
			Name: rule.ID + "-" + c.action, EnforcementAction: c.action,
			Parameters: map[string]any{"severities": c.severities, "settings": opts.Settings, "params": map[string]any{rule.ID: params}},
		})
	}
	for _, library := range librariesOf(text, texts) {
		p.Libraries = append(p.Libraries, adapt(library, func(pkg string) string {
			return "lib.aksnetlint." + strings.TrimPrefix(pkg, "aksnetlint.lib.")
		}))
	}
	own := "lib.aksnetlint_rules." + strings.ReplaceAll(rule.ID, "-", "_")
	p.Libraries = append(p.Libraries, adapt(text, func(string) string { return own }))
	p.Rego = fmt.Sprintf(policyText, strings.ToLower(p.Kind), own, rule.Severity)
	return p
}

// policyText is the policy of a rule. Its verbs: the package, the package of
// the rule and the rule's severity.
const policyText = `package %s

import data.%s as rule

violation contains {"msg": hit.message, "details": {"severity": severity(hit)}} if {
	some hit in rule.deny
	severity(hit) in input.parameters.severities
}

severity(hit) := object.get(hit, "severity", %q)
`

// adapt rewrites a module for its new package. Its comments go: METADATA names
// schemas that Gatekeeper has not.
func adapt(text string, rename func(string) string) string {
	text = anyComment().ReplaceAllString(text, "")
	text = packageLine().ReplaceAllStringFunc(text, func(line string) string {
		return "package " + rename(strings.TrimSpace(strings.TrimPrefix(line, "package")))
	})
	return strings.TrimLeft(rewritten.Replace(text), "\n")
}

// camel writes a-rule-id as ARuleId.
func camel(id string) string {
	var b strings.Builder
	for _, word := range strings.Split(id, "-") {
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return b.String()
}

// Write writes the policies as a stream of YAML documents for kubectl.
func Write(w io.Writer, policies []Policy) error {
	for _, p := range policies {
		if err := p.write(w); err != nil {
			return fmt.Errorf("writing the policy of %s: %w", p.Rule.ID, err)
		}
	}
	return nil
}

func (p Policy) write(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, `---
apiVersion: templates.gatekeeper.sh/v1
kind: ConstraintTemplate
metadata:
  name: %s
  annotations:
    metadata.gatekeeper.sh/title: %s
    description: %s
spec:
  crd:
    spec:
      names:
        kind: %s
      validation:
        openAPIV3Schema:
          type: object
          x-kubernetes-preserve-unknown-fields: true
  targets:
    - target: admission.k8s.gatekeeper.sh
      code:
        - engine: Rego
          source:
            version: v1
            rego: |
%s            libs:
`, strings.ToLower(p.Kind), jsonText(p.Rule.Title), jsonText(p.Rule.Description), p.Kind, indented(p.Rego, 14))
	for _, library := range p.Libraries {
		fmt.Fprintf(&b, "              - |\n%s", indented(library, 16))
	}
	for _, c := range p.Constraints {
		fmt.Fprintf(&b, `---
apiVersion: constraints.gatekeeper.sh/v1beta1
kind: %s
metadata:
  name: %s
spec:
  enforcementAction: %s
  match:
    kinds:
`, p.Kind, c.Name, c.EnforcementAction)
		for _, k := range kindsOf(p.Rule) {
			fmt.Fprintf(&b, "      - apiGroups: [%s]\n        kinds: [%s]\n", jsonText(k.group), jsonText(k.kind))
		}
		fmt.Fprintf(&b, "  parameters: %s\n", jsonText(c.Parameters))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// jsonText is a value as JSON, which is YAML too.
func jsonText(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return "null"
	}
	return string(text)
}

// indented is a text as the lines of a YAML literal block.
func indented(text string, by int) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) != "" {
			b.WriteString(strings.Repeat(" ", by))
		}
		b.WriteString(line)
	}
	return b.String()
}
