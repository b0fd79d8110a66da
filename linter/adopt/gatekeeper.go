package adopt

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/aksnetlint/aksnetlint/linter/engine"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// maxPolicySize bounds one file of policies, in bytes.
const maxPolicySize = 4 << 20

// constraintTemplate is what of a ConstraintTemplate matters here.
type constraintTemplate struct {
	Spec struct {
		CRD struct {
			Spec struct {
				Names      struct{ Kind string }
				Validation struct{ OpenAPIV3Schema *schema }
			}
		}
		Targets []struct {
			Rego string
			Libs []string
			Code []struct {
				Engine string
				Source struct {
					Rego string
					Libs []string
				}
			}
		}
	}
	Metadata struct{ Annotations map[string]string }
	place    string
	file     string
}

// constraint is what of a Constraint matters here.
type constraint struct {
	Kind     string
	Metadata struct{ Name string }
	Spec     struct {
		EnforcementAction string
		Match             match
		Parameters        any
	}
	place string
	file  string
}

// gatekeeper makes a rule of each Constraint below a folder whose
// ConstraintTemplate is there too.
func gatekeeper(ctx context.Context, root string) ([]engine.Module, error) {
	templates := map[string]*constraintTemplate{}
	var constraints []*constraint
	var errs []error
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			return err
		case entry.IsDir() && path != root && strings.HasPrefix(entry.Name(), "."):
			return filepath.SkipDir
		case !entry.Type().IsRegular() || !slices.Contains([]string{".yaml", ".yml"}, filepath.Ext(path)):
			return nil
		}
		t, c, err := readPolicies(ctx, path)
		if err != nil {
			errs = append(errs, err)
		}
		for _, one := range t {
			kind := one.Spec.CRD.Spec.Names.Kind
			if first := templates[kind]; first != nil {
				errs = append(errs, fmt.Errorf("%s: the template of %s is already defined at %s", one.place, kind, first.place))
			}
			templates[kind] = one
		}
		constraints = append(constraints, c...)
		return nil
	})
	if err != nil {
		return nil, err
	}
	modules, moreErrs := rulesOf(templates, constraints)
	return modules, errors.Join(append(errs, moreErrs...)...)
}

func rulesOf(templates map[string]*constraintTemplate, constraints []*constraint) ([]engine.Module, []error) {
	var modules []engine.Module
	var errs []error
	used := map[string]bool{}
	for _, c := range constraints {
		t := templates[c.Kind]
		if t == nil {
			errs = append(errs, fmt.Errorf("%s: there is no ConstraintTemplate for %s", c.place, c.Kind))
			continue
		}
		if !used[c.Kind] {
			used[c.Kind] = true
			policy, err := t.modules()
			if err != nil {
				errs = append(errs, err)
				continue
			}
			modules = append(modules, policy...)
		}
		if c.Spec.Parameters != nil {
			c.Spec.Parameters = t.Spec.CRD.Spec.Validation.OpenAPIV3Schema.filled(c.Spec.Parameters)
		}
		rule, err := c.rule()
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", c.place, err))
			continue
		}
		modules = append(modules, rule)
	}
	return modules, errs
}

// readPolicies finds the templates and constraints in one file.
func readPolicies(ctx context.Context, path string) (templates []*constraintTemplate, constraints []*constraint, err error) {
	info, err := os.Stat(path)
	if err != nil || info.Size() > maxPolicySize {
		return nil, nil, err
	}
	text, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(text), "gatekeeper.sh/") {
		return nil, nil, err
	}
	file := source.NewFile(filepath.ToSlash(filepath.Clean(path)), text)
	docs, _ := source.Parse(ctx, file, source.YAML, source.DefaultLimits())
	for _, doc := range docs {
		version := doc.Root.Get("apiVersion")
		if version == nil {
			continue
		}
		plain, err := json.Marshal(doc.Root.Any())
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", file.Path, err)
		}
		at := file.Position(doc.Root.Span.Start)
		place := fmt.Sprintf("%s:%d:%d", file.Path, at.Line, at.Column)
		switch {
		case strings.HasPrefix(version.Text, "templates.gatekeeper.sh/"):
			t := &constraintTemplate{place: place, file: file.Path}
			if err := json.Unmarshal(plain, t); err != nil {
				return nil, nil, fmt.Errorf("%s: %w", place, err)
			}
			templates = append(templates, t)
		case strings.HasPrefix(version.Text, "constraints.gatekeeper.sh/"):
			c := &constraint{place: place, file: file.Path}
			if err := json.Unmarshal(plain, c); err != nil {
				return nil, nil, fmt.Errorf("%s: %w", place, err)
			}
			constraints = append(constraints, c)
		}
	}
	return templates, constraints, nil
}

var (
	packageLine   = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?m)^\s*package\s+([\w.]+)`) })
	libraryRef    = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\bdata\.lib\b`) })
	inventoryRef  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\bdata\.inventory\b`) })
	kindShape     = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z][A-Za-z0-9]*$`) })
	policyPackage = "gatekeeper."
)

// modules are the template's policy and its libraries, in packages of their
// own, as Gatekeeper keeps them apart too.
func (t *constraintTemplate) modules() ([]engine.Module, error) {
	kind := t.Spec.CRD.Spec.Names.Kind
	if !kindShape().MatchString(kind) {
		return nil, fmt.Errorf("%s: the template names no kind", t.place)
	}
	if len(t.Spec.Targets) != 1 {
		return nil, fmt.Errorf("%s: want one target, have %d", t.place, len(t.Spec.Targets))
	}
	target := t.Spec.Targets[0]
	rego, libs := target.Rego, target.Libs
	for _, code := range target.Code {
		if code.Engine == "Rego" {
			rego, libs = code.Source.Rego, code.Source.Libs
		}
	}
	if rego == "" {
		return nil, fmt.Errorf("%s: the template of %s holds no Rego", t.place, kind)
	}
	own := policyPackage + strings.ToLower(kind)
	var modules []engine.Module
	for i, text := range append([]string{rego}, libs...) {
		if inventoryRef().MatchString(text) {
			return nil, fmt.Errorf("%s: the template of %s reads data.inventory, what is in the cluster: that is not known before deployment", t.place, kind)
		}
		pkg, name := own, strings.ToLower(kind)
		if i > 0 {
			found := packageLine().FindStringSubmatch(text)
			if found == nil {
				return nil, fmt.Errorf("%s: library %d of %s has no package", t.place, i, kind)
			}
			pkg, name = own+"."+found[1], fmt.Sprintf("%s_lib%d", name, i)
		}
		text = packageLine().ReplaceAllLiteralString(text, "package "+pkg)
		text = libraryRef().ReplaceAllLiteralString(text, "data."+own+".lib")
		modules = append(modules, engine.Module{Path: t.file + "/" + name + ".rego", Text: []byte(text), Custom: true, Legacy: true})
	}
	return modules, nil
}

// rule asks the template's policy with the parameters of the constraint, for
// the objects that it matches.
func (c *constraint) rule() (engine.Module, error) {
	severity, ok := map[string]string{"": "error", "deny": "error", "warn": "warning", "dryrun": "note"}[c.Spec.EnforcementAction]
	if !ok {
		return engine.Module{}, fmt.Errorf("enforcementAction %q is not known: want deny, warn or dryrun", c.Spec.EnforcementAction)
	}
	if c.Spec.Match.NamespaceSelector != nil {
		return engine.Module{}, errors.New("match.namespaceSelector asks for the labels of the namespace, which are not known before deployment: use namespaces")
	}
	if c.Spec.Match.Source == "Generated" {
		return engine.Module{}, errors.New("match.source Generated asks for what Gatekeeper expands from other objects, which no file holds")
	}
	if c.Spec.Parameters == nil {
		c.Spec.Parameters = map[string]any{}
	}
	params, err := json.Marshal(map[string]any{"parameters": c.Spec.Parameters, "conditions": c.Spec.Match})
	if err != nil {
		return engine.Module{}, fmt.Errorf("reading the constraint: %w", err)
	}
	id := ruleID(c.Kind, c.Metadata.Name)
	body := fmt.Sprintf(gatekeeperBody, policyPackage+strings.ToLower(c.Kind), id, id)
	return wrapper{
		id: id, file: c.file, severity: severity, params: string(params), body: body,
		title:       fmt.Sprintf("%s %s is violated", c.Kind, c.Metadata.Name),
		description: "What the policy of the ConstraintTemplate says of a Kubernetes object that the Constraint matches.",
		link:        "https://open-policy-agent.github.io/gatekeeper/website/docs/howto", remediation: "See the ConstraintTemplate.",
	}.module(), nil
}
