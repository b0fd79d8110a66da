package engine

import (
	"context"
	"slices"
	"testing"
)

func TestTestModules(t *testing.T) {
	modules := []Module{
		{Path: "a.rego", Text: []byte("package a\n\nx if input.x\n\nx if input.y\n")},
		{Path: "a_test.rego", Text: []byte("package a_test\n\nimport data.a\n\ntest_x if a.x with input as {\"x\": true}\n\ntest_broken if a.x with input as {}\n")},
	}
	results, coverage, err := TestModules(context.Background(), modules, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(results) != 2 || results[0].Name != "test_broken" || results[0].Pass || !results[1].Pass {
		t.Errorf("results: %+v", results)
	}
	if len(coverage) != 1 || coverage[0].Percent >= 100 || !slices.Contains(coverage[0].Uncovered, 5) {
		t.Errorf("coverage: %+v", coverage)
	}
}
