package linter

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/aksnetlint/aksnetlint/policies"
)

// transforms rewrite a template into one that deploys the same. Each returns
// false where it does not apply.
var transforms = []struct {
	name  string
	apply func(template map[string]any) bool
}{
	{"literals hoisted into parameters", hoistLiterals},
	{"wrapped in a nested deployment", wrapNested},
	{"symbolic names", symbolicNames},
	{"names in another case", changeCase},
	{"resources in reverse order", reverseResources},
}

// TestSameDeploymentSameFindings rewrites each template of testdata/rules and
// of the corpus into others that deploy the same, and compares the findings.
func TestSameDeploymentSameFindings(t *testing.T) {
	templates := ruleTemplates(t)
	if corpus := os.Getenv("AKSNETLINT_CORPUS"); corpus != "" {
		files, err := filepath.Glob(filepath.Join(corpus, "arm", "vplauzon-aks", "*", "*.json"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no templates in the corpus: %v", err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			templates[filepath.Base(filepath.Dir(file))] = text
		}
	}
	applied := map[string]int{}
	for _, name := range slices.Sorted(maps.Keys(templates)) {
		text := templates[name]
		want := findingsOf(t, text)
		for _, transform := range transforms {
			var template map[string]any
			if json.Unmarshal(text, &template) != nil || !transform.apply(template) {
				continue
			}
			applied[transform.name]++
			rewritten, err := json.MarshalIndent(template, "", " ")
			if err != nil {
				t.Fatal(err)
			}
			if got := findingsOf(t, rewritten); !slices.Equal(got, want) {
				t.Errorf("%s: %s: findings differ\nwant %s\ngot  %s", name, transform.name, strings.Join(want, "\n     "), strings.Join(got, "\n     "))
			}
		}
	}
	for _, transform := range transforms {
		if applied[transform.name] == 0 {
			t.Errorf("%s: applies to no template", transform.name)
		}
	}
	t.Logf("templates: %d, rewritten: %v", len(templates), applied)
}

// ruleTemplates are the templates of all cases that stand alone.
func ruleTemplates(t *testing.T) map[string][]byte {
	t.Helper()
	files, err := filepath.Glob("../testdata/rules/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	templates := map[string][]byte{}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			if strings.Count(f.Name, "/") == 1 && strings.HasSuffix(f.Name, ".json") && strings.Contains(string(f.Data), "deploymentTemplate.json") {
				templates[filepath.Base(file)+" "+f.Name] = f.Data
			}
		}
	}
	return templates
}

// findingsOf judges a template and lists rule, severity and message of each
// finding in lower case; places and spellings differ between the forms of one
// template.
func findingsOf(t *testing.T, text []byte) []string {
	t.Helper()
	e, err := loadedEngine()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "template.json")
	if err := os.WriteFile(path, text, 0o644); err != nil {
		t.Fatal(err)
	}
	r, err := newRunWith(e, Options{})
	if err != nil {
		t.Fatal(err)
	}
	report, err := r.judge(context.Background(), []string{path})
	if err != nil {
		t.Fatal(err)
	}
	list := []string{}
	for _, f := range report.Findings {
		list = append(list, strings.ToLower(fmt.Sprintf("%s %s: %s", f.Severity, f.Rule, f.Message)))
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// asObject is the value as an object, nil where it is none.
func asObject(v any) map[string]any { o, _ := v.(map[string]any); return o }

// hasChoices says whether a template has parameters that are varied.
func hasChoices(template map[string]any) bool {
	for _, p := range asObject(template["parameters"]) {
		declared := asObject(p)
		if declared["allowedValues"] != nil || declared["type"] == "bool" {
			return true
		}
	}
	return false
}

func hoistLiterals(template map[string]any) bool {
	parameters := asObject(template["parameters"])
	if parameters == nil {
		parameters = map[string]any{}
		template["parameters"] = parameters
	}
	n := 0
	var hoist func(v any) any
	hoist = func(v any) any {
		switch v := v.(type) {
		case map[string]any:
			for _, name := range slices.Sorted(maps.Keys(v)) {
				if name != "copy" && name != "template" && name != "name" && name != "mode" {
					v[name] = hoist(v[name])
				}
			}
		case []any:
			for i := range v {
				v[i] = hoist(v[i])
			}
		case string:
			if !strings.HasPrefix(v, "[") && n < 200 {
				n++
				name := fmt.Sprintf("hoisted%d", n)
				parameters[name] = map[string]any{"type": "string", "defaultValue": v}
				return fmt.Sprintf("[parameters('%s')]", name)
			}
		}
		return v
	}
	resources, ok := template["resources"].([]any)
	for _, res := range resources {
		if properties := asObject(res)["properties"]; properties != nil {
			asObject(res)["properties"] = hoist(properties)
		}
	}
	return ok && n > 0
}

func wrapNested(template map[string]any) bool {
	if hasChoices(template) {
		return false
	}
	inner := maps.Clone(template)
	clear(template)
	template["$schema"], template["contentVersion"] = inner["$schema"], inner["contentVersion"]
	template["resources"] = []any{map[string]any{
		"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "inner",
		"properties": map[string]any{"mode": "Incremental", "expressionEvaluationOptions": map[string]any{"scope": "inner"}, "template": inner},
	}}
	// A parameter without a value is refused in a nested deployment.
	for _, p := range asObject(inner["parameters"]) {
		if asObject(p)["defaultValue"] == nil {
			return false
		}
	}
	return true
}

func symbolicNames(template map[string]any) bool {
	resources, ok := template["resources"].([]any)
	if !ok {
		return false
	}
	symbols := map[string]any{}
	for i, res := range resources {
		if asObject(res)["resources"] != nil {
			return false
		}
		symbols[fmt.Sprintf("resource%02d", i)] = res
	}
	template["languageVersion"], template["resources"] = "2.0", symbols
	return true
}

func changeCase(template map[string]any) bool {
	known := map[string]bool{}
	for _, name := range policies.ARMPropertyNames() {
		known[name] = true
	}
	var change func(v any) any
	change = func(v any) any {
		switch v := v.(type) {
		case map[string]any:
			out := map[string]any{}
			for name, member := range v {
				if known[name] && name != "name" && name != "type" && name != "tags" && name != "template" && name != "copy" {
					name = strings.ToUpper(name[:1]) + strings.ToLower(name[1:])
				}
				out[name] = change(member)
			}
			return out
		case []any:
			for i := range v {
				v[i] = change(v[i])
			}
		case string:
			if strings.HasPrefix(v, "/subscriptions/") {
				return strings.ToUpper(v)
			}
		}
		return v
	}
	resources, ok := template["resources"].([]any)
	for i, res := range resources {
		o := asObject(res)
		if o == nil {
			return false
		}
		if typ, isText := o["type"].(string); isText && !strings.HasPrefix(typ, "[") {
			o["type"] = strings.ToLower(typ)
		}
		o["properties"] = change(o["properties"])
		resources[i] = o
	}
	return ok
}

func reverseResources(template map[string]any) bool {
	resources, ok := template["resources"].([]any)
	slices.Reverse(resources)
	return ok && len(resources) > 1
}
