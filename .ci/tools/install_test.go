package tools

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// release serves what a release has: an archive with a program that says it was
// released, and the checksums of the archives.
func release(t *testing.T, checksum func(archive []byte) string) (url string, requests *[]string) {
	t.Helper()
	program := []byte("#!/bin/sh\necho \"released $1\"\n")
	var archive bytes.Buffer
	zipped := gzip.NewWriter(&archive)
	files := tar.NewWriter(zipped)
	err := errors.Join(
		files.WriteHeader(&tar.Header{Name: "aksnetlint", Mode: 0o755, Size: int64(len(program))}),
		func() error { _, err := files.Write(program); return err }(),
		files.Close(), zipped.Close())
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("aksnetlint_1.2.3_%s_%s.tar.gz", runtime.GOOS, runtime.GOARCH)
	requests = &[]string{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		*requests = append(*requests, r.URL.Path)
		switch r.URL.Path {
		case "/v1.2.3/checksums.txt":
			fmt.Fprintf(w, "%064d  aksnetlint_1.2.3_plan9_amd64.tar.gz\n%s  %s\n", 0, checksum(archive.Bytes()), name)
		case "/v1.2.3/" + name:
			w.Write(archive.Bytes())
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(server.Close)
	return server.URL, requests
}

// smallSource is an action's source whose program says that it was built.
func smallSource(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "go.mod"), []byte("module example.com/built\n\ngo 1.26\n"))
	write(t, filepath.Join(dir, "cmd", "aksnetlint", "main.go"), []byte("package main\n\nvar version string\n\nfunc main() { println(\"built\", version) }\n"))
	return dir
}

func sum(data []byte) string { return fmt.Sprintf("%x", sha256.Sum256(data)) }

func TestInstall(t *testing.T) {
	wrong := func([]byte) string { return strings.Repeat("0", 64) }
	for _, test := range []struct {
		name         string
		version, ref string
		checksum     func([]byte) string
		path         string
		code         int
		prints       string
		requests     int
	}{
		{name: "release by input", version: "v1.2.3", ref: "main", prints: "released version", requests: 2},
		{name: "release by ref", ref: "v1.2.3", prints: "released version", requests: 2},
		{name: "wrong checksum by input", version: "v1.2.3", checksum: wrong, code: 2, prints: "not run", requests: 2},
		{name: "wrong checksum by ref", ref: "v1.2.3", checksum: wrong, code: 2, prints: "not run", requests: 2},
		{name: "no such release by input", version: "v9.9.9", ref: "v1.2.3", code: 2, prints: "release v9.9.9 cannot be fetched", requests: 1},
		{name: "no such release by ref", ref: "v9.9.9", prints: "built v9.9.9", requests: 1},
		{name: "major version", ref: "v1", prints: "built"},
		{name: "commit", ref: strings.Repeat("a1", 20), prints: "built"},
		{name: "local action", prints: "built"},
		{name: "source by input", version: "source", ref: "v1.2.3", prints: "built v1.2.3"},
		{name: "no release name", version: "../v1.2.3", code: 2, prints: "want a release such as v1.2.3"},
		{name: "several lines", version: "v1\n::error::x", code: 2, prints: `%0A::error::x`},
		{name: "no Go", ref: "v1", path: "without go", code: 2, prints: "add a step with actions/setup-go"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if test.checksum == nil {
				test.checksum = sum
			}
			url, requests := release(t, test.checksum)
			dir := t.TempDir()
			path := os.Getenv("PATH")
			if test.path != "" {
				path = pathWithoutGo(t)
			}
			cmd := exec.CommandContext(t.Context(), "bash", filepath.Join(projectRoot(t), ".github", "action", "install.sh"))
			cmd.Env = append(os.Environ(), "PATH="+path, "AKSNETLINT_RELEASES="+url, "RUNNER_TEMP="+dir, "GITHUB_OUTPUT="+filepath.Join(dir, "output"),
				"ACTION_PATH="+smallSource(t), "INPUT_VERSION="+test.version, "ACTION_REF="+test.ref)
			out, err := cmd.CombinedOutput()
			if code := cmd.ProcessState.ExitCode(); code != test.code || !strings.Contains(string(out), test.prints) {
				t.Errorf("exit code %d (%v), want %d, and the text %q:\n%s", code, err, test.code, test.prints, out)
			}
			if len(*requests) != test.requests {
				t.Errorf("requests %v, want %d", *requests, test.requests)
			}
			output, _ := os.ReadFile(filepath.Join(dir, "output"))
			if got := strings.HasPrefix(string(output), "program="+dir); got != (test.code == 0) {
				t.Errorf("output %q", output)
			}
		})
	}
}

// pathWithoutGo is a folder with the programs that the script needs, but Go.
func pathWithoutGo(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"bash", "mktemp", "uname", "curl", "awk", "tar", "cut"} {
		path, err := exec.LookPath(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(path, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
