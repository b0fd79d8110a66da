package gatekeeper_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/rego"
	"golang.org/x/tools/txtar"

	"github.com/aksnetlint/aksnetlint/linter"
	"github.com/aksnetlint/aksnetlint/linter/engine"
	"github.com/aksnetlint/aksnetlint/linter/engine/bundle"
	"github.com/aksnetlint/aksnetlint/linter/gatekeeper"
	"github.com/aksnetlint/aksnetlint/policies"
)

var settings = map[string]any{"as_of": "2026-11-01"}

const custom = "../../testdata/custom"

// exported are the policies of the built-in rules and those of a team.
func exported(t *testing.T) (*linter.Linter, []gatekeeper.Policy) {
	t.Helper()
	l, err := linter.New(context.Background(), linter.Options{Settings: settings, Rules: []string{custom}})
	if err != nil {
		t.Fatal(err)
	}
	own, err := bundle.Load(context.Background(), custom, bundle.Options{})
	if err != nil {
		t.Fatal(err)
	}
	modules := own.Modules
	for _, m := range policies.Modules() {
		modules = append(modules, engine.Module{Path: m.Path, Text: m.Text})
	}
	list, _ := gatekeeper.Export(gatekeeper.Options{Rules: l.Rules(), Modules: modules, Settings: settings})
	if len(list) < 30 {
		t.Fatalf("%d policies, want at least 30", len(list))
	}
	return l, list
}

// judgeOf prepares a policy as plain OPA runs it.
func judgeOf(t *testing.T, p gatekeeper.Policy) rego.PreparedEvalQuery {
	t.Helper()
	options := []func(*rego.Rego){rego.Query("data." + strings.ToLower(p.Kind) + ".violation"), rego.Module("policy.rego", p.Rego)}
	for i, library := range p.Libraries {
		options = append(options, rego.Module(fmt.Sprintf("library%d.rego", i), library))
	}
	query, err := rego.New(options...).PrepareForEval(context.Background())
	if err != nil {
		t.Fatalf("%s: %v", p.Rule.ID, err)
	}
	return query
}

// The exported policies, run by OPA as Gatekeeper runs them, come to the
// verdicts of the rules for every Kubernetes object in the cases of all rules.
func TestSameVerdicts(t *testing.T) {
	l, list := exported(t)
	subjects := kubernetesSubjects(t, l)
	compared, hits := 0, 0
	for _, p := range list {
		judge := judgeOf(t, p)
		for _, s := range subjects {
			if !slices.ContainsFunc(p.Rule.Targets, func(target string) bool { return strings.EqualFold(target, s.Kind) }) {
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
			want := []string{}
			for _, h := range local.Hits {
				want = append(want, string(h.Severity)+": "+h.Message)
			}
			got := violations(t, judge, p, s)
			slices.Sort(want)
			slices.Sort(got)
			if want = slices.Compact(want); !slices.Equal(want, slices.Compact(got)) {
				t.Errorf("%s on %s (%s:%d):\nrule   %q\npolicy %q", p.Rule.ID, s.Name, s.Place.File, s.Place.Line, want, got)
			}
			compared, hits = compared+1, hits+len(want)
		}
	}
	t.Logf("%d policies, %d verdicts compared, %d violations", len(list), compared, hits)
	if compared < 1000 || hits < 100 {
		t.Errorf("only %d verdicts with %d violations were compared", compared, hits)
	}
}

func violations(t *testing.T, judge rego.PreparedEvalQuery, p gatekeeper.Policy, s linter.Subject) []string {
	t.Helper()
	var got []string
	for _, c := range p.Constraints {
		results, err := judge.Eval(context.Background(), rego.EvalInput(map[string]any{
			"review": map[string]any{"object": s.Input["resource"]}, "parameters": c.Parameters,
		}))
		if err != nil {
			t.Fatalf("%s on %s: %v", p.Rule.ID, s.Name, err)
		}
		for _, v := range results[0].Expressions[0].Value.([]any) {
			violation := v.(map[string]any)
			severity := violation["details"].(map[string]any)["severity"].(string)
			if (c.EnforcementAction == "deny") != (severity == "error") {
				t.Errorf("%s: %s for a %s", p.Rule.ID, c.EnforcementAction, severity)
			}
			got = append(got, severity+": "+violation["msg"].(string))
		}
	}
	return got
}

// kubernetesSubjects are the objects of all cases, of which all is known.
func kubernetesSubjects(t *testing.T, l *linter.Linter) []linter.Subject {
	t.Helper()
	files, err := filepath.Glob("../../testdata/rules/*.txtar")
	own, ownErr := filepath.Glob(custom + "/kubernetes/*.txtar")
	if err != nil || ownErr != nil || len(files) == 0 || len(own) == 0 {
		t.Fatalf("no cases found: %v %v", err, ownErr)
	}
	dir := t.TempDir()
	for _, file := range append(files, own...) {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			if filepath.Ext(f.Name) != ".yaml" {
				continue
			}
			path := filepath.Join(dir, filepath.Base(file), filepath.FromSlash(f.Name))
			if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, f.Data, 0o600)); err != nil {
				t.Fatal(err)
			}
		}
	}
	subjects, err := l.Subjects(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(subjects, func(s linter.Subject) bool {
		// An unknown value is no JSON.
		text, err := json.Marshal(linter.Readable(s.Input["resource"]))
		return err != nil || bytes.Contains(text, []byte(`"because":`)) || s.Kind == "helm/values"
	})
}

// What is written is read back by the loader of Gatekeeper policies, and finds
// what the rule finds.
func TestWrittenPolicies(t *testing.T) {
	_, list := exported(t)
	list = slices.DeleteFunc(list, func(p gatekeeper.Policy) bool {
		return p.Rule.ID != "public-load-balancer" && p.Rule.ID != "owner-label"
	})
	dir := t.TempDir()
	var text bytes.Buffer
	if err := gatekeeper.Write(&text, list); err != nil {
		t.Fatal(err)
	}
	service := filepath.Join(t.TempDir(), "service.yaml")
	if err := errors.Join(
		os.WriteFile(filepath.Join(dir, "policies.yaml"), text.Bytes(), 0o600),
		os.WriteFile(service, []byte("apiVersion: v1\nkind: Service\nmetadata:\n  name: shop\nspec:\n  type: LoadBalancer\n  ports:\n    - port: 80\n"), 0o600),
	); err != nil {
		t.Fatal(err)
	}
	report, err := linter.Run(context.Background(), linter.Options{Rules: []string{dir}, Settings: settings}, service)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]engine.Severity{}
	for _, f := range report.Findings {
		found[f.Rule] = f.Severity
	}
	for rule, severity := range map[string]engine.Severity{
		"aksnetlintpublicloadbalancer-public-load-balancer-deny": engine.Error,
		"aksnetlintownerlabel-owner-label-warn":                  engine.Warning,
	} {
		if found[rule] != severity {
			t.Errorf("%s: %q, want %q; all: %v", rule, found[rule], severity, found)
		}
	}
}
