package linter_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aksnetlint/aksnetlint/linter"
)

// truthRow is what kubectl and the Azure cloud controller make of one Service
// of the corpus.
type truthRow struct {
	File     string `json:"file"`
	Line     int    `json:"line_of_metadata_or_kind"`
	Name     string `json:"name"`
	DocIndex int    `json:"doc_index"`
	Expected string `json:"expected"`
}

// TestTruth compares the verdict on every LoadBalancer Service of the corpus
// that AKSNETLINT_CORPUS names with its truth.jsonl.
func TestTruth(t *testing.T) {
	corpus := os.Getenv("AKSNETLINT_CORPUS")
	if corpus == "" {
		t.Skip("AKSNETLINT_CORPUS is not set")
	}
	rows := readRows[truthRow](t, filepath.Join(corpus, "k8s", "truth.jsonl"))
	verdicts := map[string]map[string]int{}
	byFile := map[string]map[string]int{}
	for _, row := range rows {
		if byFile[row.File] == nil {
			byFile[row.File] = map[string]int{}
		}
		byFile[row.File][row.Expected]++
	}
	var tp, fp, fn int
	for file, want := range byFile {
		got := verdictsOf(t, filepath.Join(corpus, "k8s", file))
		verdicts[file] = got
		for _, class := range []string{"public", "rejected"} {
			common := min(want[class], got[class])
			tp += common
			fn += want[class] - common
			fp += got[class] - common
			if want[class] != got[class] {
				t.Errorf("%s: %d Services %s, want %d", file, got[class], class, want[class])
			}
		}
	}
	t.Logf("truth: %d Services, precision %.3f, recall %.3f", len(rows), ratio(tp, tp+fp), ratio(tp, tp+fn))
}

func ratio(part, whole int) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}

// TestTruthElsewhere holds the files without a row to have no Service that is
// exposed: no load balancer comes of them. Refusals are left out, because
// Services of other types can be wrong too.
func TestTruthElsewhere(t *testing.T) {
	corpus := os.Getenv("AKSNETLINT_CORPUS")
	if corpus == "" {
		t.Skip("AKSNETLINT_CORPUS is not set")
	}
	root := filepath.Join(corpus, "k8s")
	known := map[string]bool{}
	for _, row := range readRows[truthRow](t, filepath.Join(root, "truth.jsonl")) {
		known[filepath.Join(root, row.File)] = true
	}
	report, err := linter.Run(context.Background(), linter.Options{}, root)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range report.Findings {
		isService := strings.HasPrefix(f.Resource, "Service/") || f.Resource == "Service"
		if isService && exposing[f.Rule] && !known[f.Place.File] {
			t.Errorf("%s:%d: %s: %s", f.Place.File, f.Place.Line, f.Rule, f.Message)
		}
	}
}

// exposing are the rules that say that a Service becomes public.
var exposing = map[string]bool{
	"public-load-balancer": true, "internal-annotation-value": true,
}

// refusing are the rules that say that the API server refuses the object, or
// kubectl the file.
var refusing = map[string]bool{
	"annotation-not-a-string": true, "invalid-service": true, "parse-error": true,
}

// verdictsOf counts the Services of a file by verdict.
func verdictsOf(t *testing.T, path string) map[string]int {
	t.Helper()
	report, err := linter.Run(context.Background(), linter.Options{}, path)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	resources := map[string]string{}
	for _, f := range report.Findings {
		// Services without a name in one file are told apart by their lines.
		switch {
		case refusing[f.Rule]:
			resources[f.Resource] = "rejected"
		case exposing[f.Rule] && resources[f.Resource] != "rejected":
			resources[f.Resource] = "public"
		}
	}
	counts := map[string]int{}
	for _, class := range resources {
		counts[class]++
	}
	return counts
}
