package linter_test

import (
	"testing"

	"github.com/aksnetlint/aksnetlint/internal/bench/corpus"
	"github.com/aksnetlint/aksnetlint/linter"
)

// BenchmarkManifests is a run over a thousand files of manifests, the rules
// loaded.
func BenchmarkManifests(b *testing.B) { benchmarkRun(b, "k8s-1000") }

// BenchmarkTemplates is a run over a hundred ARM templates, the rules loaded.
func BenchmarkTemplates(b *testing.B) { benchmarkRun(b, "arm-100") }

// BenchmarkNew loads the built-in rules.
func BenchmarkNew(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := linter.New(b.Context(), linter.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func benchmarkRun(b *testing.B, name string) {
	files, ok := corpus.Find(name)
	if !ok {
		b.Fatalf("no corpus %s", name)
	}
	dir := b.TempDir()
	size, err := files.Write(b.Context(), dir, corpus.Seed)
	if err != nil {
		b.Fatal(err)
	}
	l, err := linter.New(b.Context(), linter.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.SetBytes(size)
	for b.Loop() {
		report, err := l.Run(b.Context(), dir)
		if err != nil {
			b.Fatal(err)
		}
		if len(report.Findings) == 0 {
			b.Fatal("no findings: is the corpus read?")
		}
	}
}
