//go:build unix

package linter_test

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestHostileFiles puts what is no regular file below the folder: each is named
// with the reason, nothing of it is read, and the Service beside it is judged.
func TestHostileFiles(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "outside.yaml")
	writeHostile(t, outside, strings.Replace(publicService, "web", "outside-the-root", 1))
	for _, c := range []struct {
		name string
		make func(path string) error
		want string
	}{
		{"named pipe", func(p string) error { return syscall.Mkfifo(p, 0o600) }, "a.yaml skipped not a regular file (named pipe)"},
		{"socket", listenOn, "a.yaml skipped not a regular file (socket)"},
		{"link to itself", func(p string) error { return os.Symlink(p, p) }, "a.yaml skipped symbolic link"},
		{"link to the folder", func(p string) error { return os.Symlink(filepath.Dir(p), p) }, "a.yaml skipped symbolic link"},
		{"link out of the folder", func(p string) error { return os.Symlink(outside, p) }, "a.yaml skipped symbolic link that leaves the folder"},
		{"link to a device", func(p string) error { return os.Symlink("/dev/zero", p) }, "a.yaml skipped symbolic link"},
		{"unreadable file", func(p string) error { return os.WriteFile(p, nil, 0) }, "a.yaml skipped"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.name == "unreadable file" && os.Getuid() == 0 {
				t.Skip("root reads every file")
			}
			dir := t.TempDir()
			if err := c.make(filepath.Join(dir, "a.yaml")); err != nil {
				t.Fatal(err)
			}
			report := lintHostile(t, dir)
			holdsOutcome(t, dir, report, c.want)
			for _, f := range report.Findings {
				if strings.Contains(f.Message, "outside-the-root") {
					t.Errorf("a file out of the folder was read: %s", f.Message)
				}
			}
		})
	}
}

// TestCircleOfLinks holds that templates which link to each other are judged: one
// of them stands for the circle.
func TestCircleOfLinks(t *testing.T) {
	dir := t.TempDir()
	writeHostile(t, filepath.Join(dir, "a.json"), linkTo("b.json"))
	writeHostile(t, filepath.Join(dir, "b.json"), linkTo("a.json"))
	report := lintHostile(t, dir)
	holdsOutcome(t, dir, report, "b.json skipped judged as a linked template of ")
	for _, s := range report.Skipped {
		if strings.HasSuffix(s.File, "a.json") {
			t.Errorf("a.json is skipped: %s", s.Reason)
		}
	}
}

// listenOn leaves a socket at the path.
func listenOn(path string) error {
	listener, err := net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
	if err != nil {
		return err
	}
	listener.SetUnlinkOnClose(false)
	return listener.Close()
}
