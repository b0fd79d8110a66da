package corpus

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"

	"github.com/aksnetlint/aksnetlint/linter"
	"github.com/aksnetlint/aksnetlint/linter/engine"
)

// TestSameSeed holds that a seed makes the same bytes every time, in the memory and in
// a folder, and that another seed makes others.
func TestSameSeed(t *testing.T) {
	for _, c := range All {
		if c.Files > 100 {
			continue // The smaller corpora are the beginning of the larger ones.
		}
		dir := t.TempDir()
		size, err := c.Write(t.Context(), dir, Seed)
		if err != nil {
			t.Fatal(err)
		}
		written := int64(0)
		for i := range c.Files {
			file := c.File(Seed, i)
			text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(file.Path)))
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(text, file.Text) {
				t.Errorf("%s: two runs make two texts of %s", c.Name, file.Path)
			}
			if c.Name != "tiny" && bytes.Equal(text, c.File(Seed+1, i).Text) {
				t.Errorf("%s: another seed makes the same text of %s", c.Name, file.Path)
			}
			written += int64(len(text))
		}
		if size != written {
			t.Errorf("%s: Write says %d bytes, the files have %d", c.Name, size, written)
		}
	}
}

// TestManifests holds the corpus of a thousand files to what docs/performance.md
// says of it.
func TestManifests(t *testing.T) {
	const files = 1000
	paths := map[string]bool{}
	var size, documents, public, internal, inJSON, yml int
	kinds := map[string]int{}
	for i := range files {
		file := Manifest(Seed, i)
		paths[file.Path] = true
		size += len(file.Text)
		inJSON += count(strings.HasSuffix(file.Path, ".json"))
		yml += count(strings.HasSuffix(file.Path, ".yml"))
		for _, document := range parse(t, file) {
			documents++
			kinds[document.Kind]++
			if document.Kind == "Service" && document.Spec.Type == "LoadBalancer" {
				internal += count(document.Metadata.Annotations[internalAnnotation] == "true")
				public += count(document.Metadata.Annotations[internalAnnotation] != "true")
			}
		}
	}
	if len(paths) != files {
		t.Errorf("%d paths for %d files", len(paths), files)
	}
	within(t, "bytes a file", float64(size)/files, 1500, 1800)
	within(t, "documents a file", float64(documents)/files, 2.1, 2.3)
	within(t, "public load balancers in a hundred documents", 100*float64(public)/float64(documents), 4, 6)
	within(t, "internal load balancers in a hundred documents", 100*float64(internal)/float64(documents), 3, 6)
	within(t, "JSON files in a hundred", 100*float64(inJSON)/files, 3, 15)
	within(t, ".yml files in a hundred", 100*float64(yml)/files, 8, 20)
	if len(kinds) < 20 {
		t.Errorf("only %d kinds: %v", len(kinds), kinds)
	}
}

type parsed struct {
	Kind     string
	Metadata struct{ Annotations map[string]string }
	Spec     struct{ Type string }
}

func parse(t *testing.T, file File) []parsed {
	t.Helper()
	var documents []parsed
	for text := range strings.SplitSeq("\n"+string(file.Text), "\n---\n") {
		if strings.TrimSpace(text) == "" {
			continue
		}
		var document parsed
		if err := yaml.Unmarshal([]byte(text), &document); err != nil {
			t.Errorf("%s: %v\n%s", file.Path, err, text)
		}
		documents = append(documents, document)
	}
	return documents
}

func within(t *testing.T, what string, got, low, high float64) {
	t.Helper()
	if got < low || got > high {
		t.Errorf("%.2f %s, want %g to %g", got, what, low, high)
	}
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// TestYAMLMeansJSON holds that whatever style a document is written in, YAML
// reads it as the value that was meant.
func TestYAMLMeansJSON(t *testing.T) {
	styles := map[string]int{}
	for i := range 500 {
		m := newManifest(Seed, i)
		for _, document := range weighted(m.dice, recipes)(m) {
			text := yamlText(m.dice, []object{document})
			var got, want any
			if err := yaml.Unmarshal(text, &got); err != nil {
				t.Fatalf("%v\n%s", err, text)
			}
			if err := json.Unmarshal(jsonText(document), &want); err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("file %d says something else in YAML than in JSON:\n%s", i, text)
			}
			for _, style := range []string{" >-\n", " |\n", " &pods", " {", " [", " '", ` "`, " # "} {
				styles[style] += count(bytes.Contains(text, []byte(style)))
			}
		}
	}
	if len(styles) != 8 {
		t.Errorf("styles in use: %v", styles)
	}
	for style, n := range styles {
		if n == 0 {
			t.Errorf("no document has %q", style)
		}
	}
}

// TestTemplates holds the corpus of templates to what docs/performance.md says
// of it, and that each of them deploys: nothing in them is an error of the
// template itself.
func TestTemplates(t *testing.T) {
	c, _ := Find("arm-100")
	dir := t.TempDir()
	size, err := c.Write(t.Context(), dir, Seed)
	if err != nil {
		t.Fatal(err)
	}
	within(t, "bytes", float64(size), 4.8e6, 5.3e6)
	large, clusters, nested := 0, 0, 0
	for i := range c.Files {
		text := c.File(Seed, i).Text
		if !json.Valid(text) {
			t.Errorf("template %d is not JSON", i)
		}
		large += count(len(text) > 400_000)
		clusters += count(bytes.Contains(text, []byte(`"Microsoft.ContainerService/managedClusters"`)))
		nested += count(bytes.Contains(text, []byte(`"Microsoft.Resources/deployments"`)))
	}
	within(t, "large templates", float64(large), 5, 5)
	within(t, "templates with a cluster", float64(clusters), 15, 30)
	within(t, "templates with a nested one", float64(nested), 30, 80)
	report, err := linter.Run(t.Context(), linter.Options{}, dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, skipped := range report.Skipped {
		t.Errorf("%s is not judged: %s", skipped.File, skipped.Reason)
	}
	for _, finding := range report.Findings {
		if slices.ContainsFunc(report.Rules, func(r engine.Rule) bool { return r.ID == finding.Rule && r.Family == "input" }) {
			t.Errorf("%s:%d: %s: %s", finding.File, finding.Line, finding.Rule, finding.Message)
		}
	}
	if len(report.Findings) == 0 {
		t.Error("no rule finds anything: are the templates read?")
	}
}
