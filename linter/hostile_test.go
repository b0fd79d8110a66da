package linter_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/aksnetlint/aksnetlint/linter"
)

// publicService is the file beside each hostile one: it must be judged all the same.
const publicService = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {type: LoadBalancer, ports: [{port: 80}]}\n"

const (
	// hostileMemory bounds what one run may allocate at a time, in bytes.
	hostileMemory = 512 << 20
	// hostileTime is generous: a machine that is busy must not fail the test.
	hostileTime = time.Minute
)

// TestHostileInput puts one hostile file beside a Service. The run must end, name the
// file, and judge the Service.
func TestHostileInput(t *testing.T) {
	for _, c := range append(hostileTexts(), hostileTemplates()...) {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			writeHostile(t, filepath.Join(dir, c.file), c.text())
			report := lintHostile(t, dir)
			holdsOutcome(t, dir, report, c.want)
		})
	}
}

// hostileCase is one class of hostile input.
type hostileCase struct {
	name string
	// file is the path below the folder that is judged, text what it holds.
	file string
	text func() string
	// want is in one of the lines "file:line rule message" or "file skipped reason";
	// empty where the input is harmless and nothing must be said of the file.
	want string
}

func text(s string) func() string { return func() string { return s } }

func writeHostile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// lintHostile judges the folder with a Service added to it, and holds the
// memory of the run to its bound.
func lintHostile(t *testing.T, dir string) *linter.Report {
	t.Helper()
	writeHostile(t, filepath.Join(dir, "web.yaml"), publicService)
	ctx, cancel := context.WithTimeout(t.Context(), hostileTime)
	defer cancel()

	peak := watchHeap()
	report, err := linter.Run(ctx, linter.Options{}, dir)
	used := peak()
	if err != nil {
		t.Fatalf("the run ended: %v", err)
	}
	if err := report.Err(); err != nil {
		t.Errorf("rules failed: %v", err)
	}
	if used > hostileMemory {
		t.Errorf("%d MB of memory in use, want %d at most", used>>20, hostileMemory>>20)
	}
	return report
}

// watchHeap samples the bytes of living objects until what it returns is called, which
// gives the most that was seen.
func watchHeap() func() uint64 {
	runtime.GC()
	done, peak := make(chan struct{}), make(chan uint64)
	go func() {
		var most uint64
		var stats runtime.MemStats
		ticker := time.NewTicker(20 * time.Millisecond)
		defer ticker.Stop()
		for {
			runtime.ReadMemStats(&stats)
			most = max(most, stats.HeapInuse)
			select {
			case <-done:
				peak <- most
				return
			case <-ticker.C:
			}
		}
	}()
	return func() uint64 { close(done); return <-peak }
}

// holdsOutcome checks what was said of the hostile file, and that the Service
// beside it was judged.
func holdsOutcome(t *testing.T, dir string, report *linter.Report, want string) {
	t.Helper()
	service := false
	var said []string
	for _, f := range report.Findings {
		file := strings.TrimPrefix(f.File, filepath.ToSlash(dir)+"/")
		if file == "web.yaml" {
			service = service || f.Rule == "public-load-balancer"
			continue
		}
		said = append(said, fmt.Sprintf("%s:%d %s %s", file, f.Line, f.Rule, f.Message))
	}
	for _, s := range report.Skipped {
		said = append(said, fmt.Sprintf("%s skipped %s", strings.TrimPrefix(s.File, filepath.ToSlash(dir)+"/"), s.Reason))
	}
	if !service {
		t.Error("the Service beside the file was not judged")
	}
	all := strings.Join(said, "\n")
	if len(all) > 4000 {
		all = all[:4000]
	}
	t.Log(all)
	switch {
	case want == "" && len(said) > 0:
		t.Errorf("want nothing said, not\n%s", all)
	case !strings.Contains(strings.Join(said, "\n"), want):
		t.Errorf("want %q in\n%s", want, all)
	}
}
