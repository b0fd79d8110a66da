package arm

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// TestCorpus expands every template of a folder of real ones, with its
// parameter files and without.
func TestCorpus(t *testing.T) {
	dir := os.Getenv("AKSNETLINT_CORPUS")
	if dir == "" {
		t.Skip("AKSNETLINT_CORPUS names no folder")
	}
	dir = filepath.Join(dir, "arm")
	lines := bufio.NewScanner(bytes.NewReader(readFile(t, filepath.Join(dir, "MANIFEST.jsonl"))))
	lines.Buffer(nil, 1<<20)
	templates, clean, resources := 0, 0, 0
	unknown := map[value.Reason]int{}
	for lines.Scan() {
		var row struct {
			File           string
			ParameterFiles []string `json:"parameter_files"`
			AKS            int
		}
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		doc := parseDocument(t, row.File, readFile(t, filepath.Join(dir, row.File)))
		if !IsTemplate(doc) {
			t.Errorf("%s is no template", row.File)
			continue
		}
		sets := [][]*source.Document{nil}
		for _, name := range row.ParameterFiles {
			sets = append(sets, []*source.Document{parseDocument(t, name, readFile(t, filepath.Join(dir, filepath.Dir(row.File), name)))})
		}
		for _, parameters := range sets {
			start := time.Now()
			d, err := Expand(context.Background(), doc, Options{Parameters: parameters, ReadLinked: readBelow(dir)})
			if err != nil {
				t.Errorf("%s: %v", row.File, err)
				continue
			}
			templates++
			resources += len(d.Resources)
			clusters, errors := 0, 0
			for _, r := range d.Resources {
				if strings.EqualFold(r.Type, "Microsoft.ContainerService/managedClusters") {
					clusters++
				}
				count(unknown, r.Value)
			}
			for _, diag := range d.Diagnostics {
				if diag.Severity == Error {
					errors++
					at := diag.Origin.File.Position(diag.Origin.Span.Start)
					t.Logf("%s:%d:%d: %s: %s", diag.Origin.File.Path, at.Line, at.Column, diag.Code, diag.Message)
				}
			}
			if errors == 0 {
				clean++
			}
			if row.AKS > 0 && clusters == 0 {
				t.Errorf("%s: no cluster", row.File)
			}
			if took := time.Since(start); took > time.Second {
				t.Logf("%s took %v", row.File, took)
			}
		}
	}
	t.Logf("corpus: %d expansions, %d without errors, %d resources, unknown: %v", templates, clean, resources, unknown)
}

func count(unknown map[value.Reason]int, v *value.Value) {
	if v.Kind == value.Unknown {
		unknown[v.Doubt.Reason]++
	}
	for _, item := range v.Items {
		count(unknown, item)
	}
	for _, m := range v.Members {
		count(unknown, m.Value)
	}
}
