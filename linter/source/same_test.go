package source

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// TestSameText writes each sample with other line ends and with a byte order
// mark: values, lines and columns stay what they are.
func TestSameText(t *testing.T) {
	samples := append([]string{}, sampleYAML...)
	paths, _ := filepath.Glob("testdata/cases/*.txtar")
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if in := txtar.Parse(data).Files[0]; in.Name == "in.yaml" {
			samples = append(samples, string(in.Data))
		}
	}
	ways := map[string]func(string) string{
		"CR LF": func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") },
		"CR":    func(s string) string { return strings.ReplaceAll(s, "\n", "\r") },
		"BOM":   func(s string) string { return "\ufeff" + s },
	}
	for _, sample := range samples {
		if strings.ContainsAny(sample, "\r\ufeff") {
			continue
		}
		f, docs, problems := parseText("x.yaml", sample)
		want := dump(f, docs, problems)
		for way, write := range ways {
			f, docs, problems := parseText("x.yaml", write(sample))
			if got := dump(f, docs, problems); got != want {
				t.Errorf("%q with %s:\n%swant:\n%s", sample, way, got, want)
			}
		}
	}
}
