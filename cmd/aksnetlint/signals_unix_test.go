//go:build unix

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/aksnetlint/aksnetlint/linter"
)

// slowRule says that it judges each Service, and takes the time that a rule has
// over the one that is called slow.
const slowRule = `# METADATA
# title: Takes its time
# description: Counts what nobody asked for.
# related_resources:
#   - ref: https://example.com/rules
# custom:
#   severity: note
#   targets: [Service]
#   remediation: None.
package aksnetlint.rules["takes-its-time"]

deny contains {"path": [], "message": "m"} if {
	print("judging")
	input.resource.metadata.name == "slow"
	some a in numbers.range(1, 5000)
	some b in numbers.range(1, 5000)
	some c in numbers.range(1, 5000)
	a * b == c + 0.5
}
`

// slowFolder holds Services in a.yaml and b.yaml, and in c.yaml one that takes
// seconds.
func slowFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	files := map[string]string{"rules/takes_its_time.rego": slowRule}
	for file, name := range map[string]string{"a.yaml": "first", "b.yaml": "second", "c.yaml": "slow"} {
		files[file] = fmt.Sprintf("apiVersion: v1\nkind: Service\nmetadata: {name: %s}\nspec: {type: LoadBalancer}\n", name)
	}
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// runAndStop runs the program over a slow folder and sends it a signal when it is in
// the middle of it.
func runAndStop(t *testing.T, s syscall.Signal, flags ...string) (code int, stdout, stderr string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "aksnetlint", append(flags, "--rules", "rules", ".")...)
	cmd.Dir = slowFolder(t)
	// With one processor the files are judged one after the other.
	cmd.Env = append(os.Environ(), "GOMAXPROCS=1")
	var out bytes.Buffer
	cmd.Stdout = &out
	pipe, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	lines := bufio.NewScanner(pipe)
	for judging := 0; lines.Scan(); {
		if !strings.HasSuffix(lines.Text(), ": judging") {
			fmt.Fprintln(&said, lines.Text())
			continue
		}
		// What the second prints comes after the first is done.
		if judging++; judging == 2 {
			if err := cmd.Process.Signal(s); err != nil {
				t.Fatal(err)
			}
		}
	}
	err = cmd.Wait()
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		t.Fatalf("the run ended with %v", err)
	}
	return exit.ExitCode(), out.String(), said.String()
}

// TestInterrupted stops a run: it says so, exits with the code of the signal and
// prints what it has.
func TestInterrupted(t *testing.T) {
	for s, want := range map[syscall.Signal]int{syscall.SIGINT: 130, syscall.SIGTERM: 143} {
		t.Run(s.String(), func(t *testing.T) {
			code, stdout, stderr := runAndStop(t, s)
			if code != want {
				t.Errorf("exit code %d, want %d", code, want)
			}
			if !strings.Contains(stdout, "a.yaml:3:1: error: ") {
				t.Errorf("the finding of a.yaml is not there:\n%s", stdout)
			}
			if strings.Contains(stdout, "c.yaml") || !strings.Contains(stdout, "there may be more") {
				t.Errorf("the report passes for a whole one:\n%s", stdout)
			}
			if !strings.HasPrefix(stderr, "aksnetlint: interrupted while judging manifests: ") || strings.Count(stderr, "\n") != 1 {
				t.Errorf("standard error is\n%s", stderr)
			}
		})
	}
}

// TestInterruptedJSON holds that the report of an interrupted run is whole JSON
// and says how far it came.
func TestInterruptedJSON(t *testing.T) {
	code, stdout, stderr := runAndStop(t, syscall.SIGINT, "-o", "json")
	var report linter.Report
	if err := json.Unmarshal([]byte(stdout), &report); err != nil {
		t.Fatalf("%v in\n%s%s", err, stdout, stderr)
	}
	if at := report.Interrupted; code != 130 || at == nil || at.Total != 3 || at.Done < 1 || at.Done > 2 {
		t.Errorf("exit code %d, interrupted %+v", code, at)
	}
	if len(report.Findings) == 0 {
		t.Error("no findings")
	}
}

// TestInterruptedBaseline holds that half a baseline is not written.
func TestInterruptedBaseline(t *testing.T) {
	path := filepath.Join(t.TempDir(), "baseline.json")
	if code, _, stderr := runAndStop(t, syscall.SIGINT, "--write-baseline", path); code != 130 {
		t.Errorf("exit code %d\n%s", code, stderr)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("a baseline was written")
	}
}

// TestInterruptedInput stops a run that waits for standard input.
func TestInterruptedInput(t *testing.T) {
	for _, args := range [][]string{{"-"}, {"--diff", "-"}} {
		reader, writer, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.CommandContext(t.Context(), "aksnetlint", args...)
		cmd.Dir = t.TempDir()
		cmd.Stdin = reader
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		_ = reader.Close()
		// The pipe is full when nobody reads: that the program took this much
		// shows that it is waiting for more.
		if _, err := writer.Write(bytes.Repeat([]byte("# x\n"), 1<<18)); err != nil {
			t.Fatal(err)
		}
		if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait()
		if code := cmd.ProcessState.ExitCode(); code != 130 || !strings.Contains(stderr.String(), "interrupted") {
			t.Errorf("%v: exit code %d, %s", args, code, stderr.String())
		}
		_ = writer.Close()
	}
}

// TestBrokenPipe closes the pipe that the program writes to: it ends without a
// word.
func TestBrokenPipe(t *testing.T) {
	dir := t.TempDir()
	service := []byte("apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {type: LoadBalancer}\n---\n")
	if err := os.WriteFile(filepath.Join(dir, "a.yaml"), bytes.Repeat(service, 500), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, output := range []string{"text", "json", "sarif", "json=/dev/stdout"} {
		cmd := exec.CommandContext(t.Context(), "aksnetlint", "-o", output, ".")
		cmd.Dir = dir
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		pipe, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		// More than a pipe holds is written once the first byte is there.
		if _, err := io.ReadFull(pipe, make([]byte, 1)); err != nil {
			t.Errorf("%s: nothing was written: %v", output, err)
		}
		_ = pipe.Close()
		_ = cmd.Wait()
		state := cmd.ProcessState
		status, _ := state.Sys().(syscall.WaitStatus)
		if ended := status.Signaled() && status.Signal() == syscall.SIGPIPE || state.ExitCode() == exitFailed; !ended || stderr.Len() > 0 {
			t.Errorf("%s: ended with %s and said %q", output, state, stderr.String())
		}
	}
}
