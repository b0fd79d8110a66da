package engine

import (
	"encoding/json"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
)

// The package roots of the contract.
const (
	rulesRoot = "aksnetlint.rules"
	libRoot   = "aksnetlint.lib"
)

var (
	ruleIDShape = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`) })
	// targetShape: a Kubernetes kind, group/Kind, an ARM resource type, or the
	// shape of Helm values.
	targetShape = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^([A-Z][A-Za-z0-9]*|[a-z0-9.-]+/[A-Z][A-Za-z0-9]*|[A-Za-z0-9]+(\.[A-Za-z0-9]+)+(/[A-Za-z0-9]+)+|helm/values|\*)$`)
	})
)

// packagePath is a module's package without "data.", with dots between plain
// names: aksnetlint.rules.some-id.
func packagePath(m *ast.Module) string {
	parts := make([]string, 0, len(m.Package.Path))
	for _, term := range m.Package.Path[1:] {
		s, ok := term.Value.(ast.String)
		if !ok {
			return m.Package.Path.String()
		}
		parts = append(parts, string(s))
	}
	return strings.Join(parts, ".")
}

// isRule reports whether a package stands below the root of rules.
func isRule(pkg string) bool {
	return pkg == rulesRoot || strings.HasPrefix(pkg, rulesRoot+".")
}

// readRule makes the Rule of a module from its METADATA and checks it against
// the contract.
func readRule(m *parsed, p *problems) *Rule {
	pkg := m.header.Package
	id := strings.TrimPrefix(strings.TrimPrefix(packagePath(m.header), rulesRoot), ".")
	if !ruleIDShape().MatchString(id) {
		p.at(pkg.Location, "package of a rule must be %s[\"rule-id\"] with an id of lower-case words and dashes", rulesRoot)
		return nil
	}
	if want := strings.ReplaceAll(strings.TrimSuffix(path.Base(slashed(m.source.Path)), ".rego"), "_", "-"); want != id {
		p.at(pkg.Location, "rule %s stands in %s: the file must be named %s.rego", id, path.Base(slashed(m.source.Path)), strings.ReplaceAll(id, "-", "_"))
	}
	rule := &Rule{ID: id, Family: path.Base(path.Dir(slashed(m.source.Path))), Custom: m.source.Custom}
	annotations := packageAnnotations(m.header)
	if annotations == nil {
		p.at(pkg.Location, "rule %s has no METADATA before its package", id)
		return nil
	}
	fillRule(rule, annotations, p)
	return rule
}

// narrowSchema gives a rule with one target the schema of that target, where
// there is one: schema.service knows the fields of a Service's spec, which
// schema.kubernetes cannot.
func narrowSchema(m *parsed, schemas *ast.SchemaSet) {
	a := packageAnnotations(m.module)
	if m.rule == nil || a == nil {
		return
	}
	if m.source.Custom && len(a.Schemas) == 0 {
		a.Schemas = impliedSchema(m.rule.Targets, schemas)
	}
	if len(m.rule.Targets) != 1 {
		return
	}
	narrow := ast.SchemaRootRef.Append(ast.StringTerm(strings.ToLower(m.rule.Targets[0])))
	if schemas.Get(narrow) == nil {
		return
	}
	for _, s := range a.Schemas {
		if s.Schema != nil {
			s.Schema = narrow
		}
	}
}

// impliedSchema is the schema of the input of a rule that names none: that of
// resources or of Kubernetes objects, where all targets agree.
func impliedSchema(targets []string, schemas *ast.SchemaSet) []*ast.SchemaAnnotation {
	name := ""
	for _, target := range targets {
		of := "kubernetes"
		if strings.HasPrefix(strings.ToLower(target), "microsoft.") {
			of = "arm"
		}
		if target == EveryKind || name != "" && name != of {
			return nil
		}
		name = of
	}
	ref := ast.SchemaRootRef.Append(ast.StringTerm(name))
	if name == "" || schemas.Get(ref) == nil {
		return nil
	}
	return []*ast.SchemaAnnotation{{Path: ast.InputRootRef, Schema: ref}}
}

func slashed(file string) string { return strings.ReplaceAll(file, `\`, "/") }

func packageAnnotations(m *ast.Module) *ast.Annotations {
	for _, a := range m.Annotations {
		if a.Scope == "package" || a.Scope == "subpackages" {
			return a
		}
	}
	return nil
}

// fillRule copies METADATA into the rule and says what is missing or wrong.
func fillRule(rule *Rule, a *ast.Annotations, p *problems) {
	missing := func(name string) { p.at(a.Location, "METADATA of rule %s has no %s", rule.ID, name) }
	rule.Title, rule.Description = strings.TrimSpace(a.Title), strings.TrimSpace(a.Description)
	if rule.Title == "" {
		missing("title")
	}
	if rule.Description == "" {
		missing("description")
	}
	for _, r := range a.RelatedResources {
		rule.Links = append(rule.Links, r.Ref.String())
	}
	if len(rule.Links) == 0 {
		missing("related_resources (at least one link)")
	}
	rule.Remediation, rule.Since = text(a.Custom["remediation"]), text(a.Custom["since"])
	if rule.Remediation == "" {
		missing("custom.remediation")
	}
	if rule.Since == "" && !rule.Custom {
		missing("custom.since")
	}
	rule.Catalogue = whole(a.Custom["catalogue"])
	rule.Severity = Severity(text(a.Custom["severity"]))
	switch {
	case rule.Severity == "":
		missing("custom.severity (error, warning or note)")
	case !rule.Severity.valid():
		p.at(a.Location, "rule %s has the unknown severity %q: want error, warning or note", rule.ID, rule.Severity)
	}
	rule.Targets = readTargets(rule.ID, a, p)
	if params, ok := a.Custom["params"]; ok {
		if rule.Params, ok = params.(map[string]any); !ok {
			p.at(a.Location, "custom.params of rule %s must map names to defaults", rule.ID)
		}
	}
}

func readTargets(id string, a *ast.Annotations, p *problems) []string {
	list, _ := a.Custom["targets"].([]any)
	if len(list) == 0 {
		p.at(a.Location, "METADATA of rule %s has no custom.targets (a list of kinds or ARM resource types)", id)
		return nil
	}
	var targets []string
	for _, item := range list {
		target := text(item)
		if !targetShape().MatchString(target) {
			p.at(a.Location, "rule %s has the unknown target %q: want a kind (Service), group/Kind or an ARM resource type", id, target)
			continue
		}
		if advice := adviseOnTarget(target); advice != "" {
			p.at(a.Location, "rule %s has the unknown target %q%s", id, target, advice)
			continue
		}
		targets = append(targets, target)
	}
	return targets
}

// checkDeny sees to it that the verdict is a partial set.
func checkDeny(m *ast.Module, id string, p *problems) {
	found := false
	for _, r := range m.Rules {
		if name := string(r.Head.Name); name != "deny" && (len(r.Head.Reference) != 1 || r.Head.Reference[0].Value.Compare(ast.Var("deny")) != 0) {
			continue
		}
		found = true
		if r.Head.RuleKind() != ast.MultiValue {
			p.at(r.Location, "deny of rule %s must be a set: deny contains {...} if {...}", id)
		}
	}
	if !found {
		p.at(m.Package.Location, "rule %s has no deny", id)
	}
}

func (s Severity) valid() bool {
	return slices.Contains([]Severity{Error, Warning, Note}, s)
}

// text is a METADATA value as a string; YAML reads an unquoted 0.1 as a number.
func text(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return strings.TrimSpace(v)
	}
	return fmt.Sprint(v)
}

func whole(v any) int {
	switch v := v.(type) {
	case int:
		return v
	case float64:
		return int(v)
	case json.Number:
		n, _ := v.Int64()
		return int(n)
	}
	return 0
}
