package linter

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aksnetlint/aksnetlint/internal/bench/corpus"
)

// Templates that are judged one by one have the reports of those that are
// evaluated together: those of all cases, of the benchmark and of the corpus.
func TestSeparateAgrees(t *testing.T) {
	agreeOnTemplates(t, func(r *run) { r.together = true })
}

// Inputs of which parts are withheld have the reports of those that are complete, also
// where parts are withheld that rules look at.
func TestWithheldAgrees(t *testing.T) {
	complete := func(r *run) { r.withhold = nil }
	agreeOnTemplates(t, complete)
	agreeOnTemplates(t, complete, func(r *run) { r.withhold = func(string) bool { return true } })
}

// holdsFold finds what a search in the lower-cased text does.
func TestHoldsFold(t *testing.T) {
	for _, word := range []string{"templateLink", "helm/values", "a/b", "k"} {
		for _, text := range []string{
			"", "k", "K", "/", "a/b", "A/B", "xA/b", "a/", "/b", "a/a/b", "//", "templateLin", "emplateLink", "TEMPLATELINK", `"templatelink": 1`,
			"kkkktemplateLink", "templateLinktemplateLink", "Helm/values", "helm/Value", "elm/values helm/values", "tεmplateLink", "templateLin\u212a",
		} {
			if got, want := holdsFold([]byte(text), word), strings.Contains(strings.ToLower(text), strings.ToLower(word)); got != want {
				t.Errorf("holdsFold(%q, %q) = %v, want %v", text, word, got, want)
			}
		}
	}
}

// BenchmarkTemplateWays is a run over the templates of the benchmark in the usual way,
// and without each of the measures that the tests above compare with the plain way.
func BenchmarkTemplateWays(b *testing.B) {
	dir := benchTemplates(b, 100)
	for _, way := range []struct {
		name   string
		change func(*run)
	}{
		{"usual", func(*run) {}},
		{"together", func(r *run) { r.together = true }},
		{"complete", func(r *run) { r.withhold = nil }},
	} {
		b.Run(way.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				reportOf(b, dir, way.change)
			}
		})
	}
}

// agreeOnTemplates compares the reports of all cases with templates with those of
// runs in the plain way, both changed as they are told.
func agreeOnTemplates(t *testing.T, plainly func(*run), otherwise ...func(*run)) {
	t.Helper()
	files, err := filepath.Glob("../testdata/rules/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases found: %v", err)
	}
	dirs := []string{benchTemplates(t, 30), odds(t)}
	for _, file := range files {
		dirs = append(dirs, badCases(t, file)...)
	}
	if corpus := os.Getenv("AKSNETLINT_CORPUS"); corpus != "" {
		dirs = append(dirs, filepath.Join(corpus, "arm"))
	}
	findings := 0
	for _, dir := range dirs {
		plain, n := reportOf(t, dir, plainly)
		usual, _ := reportOf(t, dir, otherwise...)
		if plain != usual {
			t.Errorf("%s: the reports differ:\nwant %s\ngot  %s", dir, plain, usual)
		}
		findings += n
	}
	if findings < 100 {
		t.Errorf("%d findings in all: are the cases read?", findings)
	}
}

// reportOf is the report on a folder, as JSON, and the number of its findings.
func reportOf(t testing.TB, dir string, changes ...func(*run)) (report string, findings int) {
	t.Helper()
	e, err := loadedEngine()
	if err != nil {
		t.Fatal(err)
	}
	r, err := newRunWith(e, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range changes {
		change(r)
	}
	found, err := r.judge(context.Background(), []string{dir})
	if err != nil {
		t.Fatalf("%s: %v", dir, err)
	}
	text, err := json.Marshal(found)
	if err != nil {
		t.Fatal(err)
	}
	return string(text), len(found.Findings)
}

// benchTemplates are the first templates of the benchmark.
func benchTemplates(t testing.TB, n int) string {
	t.Helper()
	files, ok := corpus.Find("arm-100")
	if !ok {
		t.Fatal("no corpus arm-100")
	}
	files.Files = n
	dir := t.TempDir()
	if _, err := files.Write(context.Background(), dir, corpus.Seed); err != nil {
		t.Fatal(err)
	}
	return dir
}

// odds are templates that are seldom: one that deploys another through a link
// that no search in the text finds, one whose parameter decides what there is to
// judge, one that is wrong for one value of its parameter, and the export of a cluster.
func odds(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	const head = `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", `
	const kubenet = `{"type": "Microsoft.ContainerService/managedClusters", "apiVersion": "2025-01-01", "name": "[concat(parameters('stage'), '-shop')]",
		"condition": "[not(equals(parameters('stage'), 'none'))]", "location": "westeurope", "properties": {"networkProfile": {"networkPlugin": "kubenet"}}}`
	const stage = `"parameters": {"stage": {"type": "string", "defaultValue": "none", "allowedValues": ["none", "test", "live"]}}, `
	for name, text := range map[string]string{
		"linking.json": head + `"resources": [{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "child",
			"properties": {"mode": "Incremental", "template\u004cink": {"relativePath": "linked.json"}}}]}`,
		"linked.json":  head + stage + `"resources": [` + kubenet + `]}`,
		"decided.json": head + stage + `"resources": [` + kubenet + `]}`,
		"wrong.json": head + stage + `"variables": {"sizes": {"none": "a", "test": "b"}}, "resources": [],
			"outputs": {"size": {"type": "string", "value": "[variables('sizes')[parameters('stage')]]"}, "of": {"type": "string", "value": "microsoft.network/virtualNetworks"}}}`,
		"wrongname.json": head + stage + `"variables": {"sizes": {"none": "a", "test": "b"}}, "resources": [{"type": "Microsoft.Network/routeTables",
			"apiVersion": "2024-01-01", "name": "[variables('sizes')[parameters('stage')]]", "tags": {"of": "microsoft.network/virtualNetworks"}}]}`,
		"cluster.json": `{"id": "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/shop/providers/Microsoft.ContainerService/managedClusters/shop",
			"name": "shop", "type": "Microsoft.ContainerService/managedClusters", "networkProfile": {"networkPlugin": "kubenet"}}`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
