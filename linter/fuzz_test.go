package linter

import (
	"context"
	"strings"
	"testing"

	"github.com/aksnetlint/aksnetlint/linter/source"
)

// fuzzSize bounds the text that a fuzz target looks at, in bytes.
const fuzzSize = 4096

// FuzzIgnores holds that ignores, however they are written, lie inside their file,
// that one takes out nothing where it gives no reason, and that each finding is
// either kept or suppressed.
func FuzzIgnores(f *testing.F) {
	for _, seed := range []string{
		"kind: Service # aksnetlint:ignore public-load-balancer -- it is meant to be\n",
		"# aksnetlint:ignore-file a,b\nkind: Service\napiVersion: v1\nspec:\n  # aksnetlint:ignore a --\n  type: x\n",
		"kind: Service\napiVersion: v1\nmetadata:\n  annotations: {ignore.aksnetlint.io/a: why, ignore.aksnetlint.io/: 1}\n",
		`{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "resources": [{"comments": "aksnetlint:ignore a -- b", "metadata": {"aksnetlint": {"ignore": {"a": "b", "c": 1}}}}]}`,
		"# aksnetlint:ignore\n# aksnetlint:ignore -- \n# aksnetlint:ignorea\n",
	} {
		f.Add(seed, uint16(1), uint16(1))
	}
	r, err := newRun(context.Background(), Options{})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string, line, column uint16) {
		if len(text) > fuzzSize {
			return
		}
		file := source.NewFile("a.yaml", []byte(text))
		docs, _ := source.Parse(context.Background(), file, source.DetectFormat(file), source.DefaultLimits())
		var ignores []*ignore
		for _, doc := range docs {
			class, _ := classify(doc)
			ignores = append(ignores, newDocument(doc, class, input{}).ignores...)
		}
		for _, ig := range ignores {
			if ig.place.Line < 1 || ig.place.Line > file.Lines() || before(ig.to, ig.from) || ig.to.Line > file.Lines()+1 {
				t.Errorf("ignore at line %d covers %v to %v of %d lines", ig.place.Line, ig.from, ig.to, file.Lines())
			}
		}
		finding := Finding{Rule: "a", Place: Place{File: "a.yaml", Line: int(line), Column: int(column)}}
		kept, suppressed := r.applyIgnores([]Finding{finding}, ignores)
		stays := len(kept) > 0 && kept[0].Rule == "a" && kept[0].Place == finding.Place
		if stays == (len(suppressed) == 1) {
			t.Errorf("kept %v and suppressed %v", kept, suppressed)
		}
		for _, s := range suppressed {
			if strings.TrimSpace(s.Reason) == "" {
				t.Errorf("suppressed without a reason: %v", s)
			}
		}
	})
}

// FuzzFacts holds that what az may print is read without a crash, and that each resource
// that comes of it has the id and type that a fact needs.
func FuzzFacts(f *testing.F) {
	for _, seed := range []string{
		`{"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v", "type": "Microsoft.Network/virtualNetworks", "name": "v", "addressSpace": {"addressPrefixes": ["10.0.0.0/8"]}, "subnets": [{"id": "x", "name": "a", "addressPrefix": "10.0.0.0/24"}]}`,
		`[{"id": "/subscriptions/s/providers/Microsoft.ContainerService/managedClusters/c", "type": "Microsoft.ContainerService/managedClusters", "properties": {"networkProfile": {}}}, {"id": 1, "type": null}]`,
		`[{"id": "//providers", "type": "a/b", "createdTime": "x", "subnets": [[{}], null]}]`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > fuzzSize {
			return
		}
		docs, _ := source.Parse(context.Background(), source.NewFile("a.json", []byte(text)), source.JSON, source.DefaultLimits())
		for _, doc := range docs {
			resources := factResources(doc)
			for _, res := range append(distinctFacts(resources), hoisted(resources)...) {
				if res.ID == "" && res.Type == "" || res.Value == nil {
					t.Errorf("a resource without id or value: %+v", res)
				}
			}
			exportedClusters(document{Document: doc, class: fact})
		}
	})
}

// FuzzSet holds that a value of --set is either taken as JSON or as the text that it is.
func FuzzSet(f *testing.F) {
	for _, seed := range []string{"x", `"x"`, "{\"a\": [1, 2.5e300, null]}", "[1,", "\x00\xff", "1e999999", "", " true "} {
		f.Add(seed, "string")
		f.Add(seed, "object")
	}
	f.Fuzz(func(t *testing.T, text, typ string) {
		if len(text) > fuzzSize {
			return
		}
		v := parseValue("name", text, strings.ToLower(typ))
		if v == nil {
			t.Fatal("no value")
		}
		if _, ok := v.JSON('"', 1<<20); !ok {
			t.Skip("holds what is not known")
		}
	})
}

// FuzzParameters expands a template with a parameter file of any content.
func FuzzParameters(f *testing.F) {
	const text = `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
"parameters": {"s": {"type": "string", "allowedValues": ["a", "b"]}, "i": {"type": "int", "maxValue": 3}, "o": {"type": "object", "defaultValue": {}}, "a": {"type": "array", "minLength": 1}},
"resources": [{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01", "name": "[parameters('s')]", "tags": {"i": "[parameters('i')]", "a": "[first(parameters('a'))]"}, "properties": "[parameters('o')]"}]}`
	for _, seed := range []string{
		`{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "contentVersion": "1.0.0.0", "parameters": {"s": {"value": "a"}, "i": {"value": 9}, "a": {"value": [1]}}}`,
		`{"parameters": {"s": {"reference": {"keyVault": {"id": "x"}, "secretName": "y"}}, "o": {"value": null}, "z": {}}}`,
		`{"parameters": []}`, `{"s": {"value": {"a": 1, "a": 2}}}`,
	} {
		f.Add(seed)
	}
	parsed, problems := source.Parse(context.Background(), source.NewFile("t.json", []byte(text)), source.JSON, source.DefaultLimits())
	if len(problems) > 0 {
		f.Fatal(problems)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > fuzzSize {
			return
		}
		docs, _ := source.Parse(context.Background(), source.NewFile("p.json", []byte(text)), source.JSON, source.DefaultLimits())
		if len(docs) != 1 || docs[0].Root.Kind != source.Object {
			return
		}
		d := deployment{template: document{Document: parsed[0], class: template}, parameters: docs}
		w, err := d.expand(context.Background(), nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, diagnostic := range w.deployment.Diagnostics {
			if diagnostic.Message == "" {
				t.Errorf("an empty message: %+v", diagnostic)
			}
		}
	})
}
