//go:build unix

package linter_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/aksnetlint/aksnetlint/linter"
)

// hostileFile is one class of what can lie in a folder that is no regular file of it.
type hostileFile struct {
	name string
	// make makes it in the folder; outside is a folder beside it.
	make func(dir, outside string) error
	// want is in one of the lines as of hostileCase.
	want string
}

// at makes something at a.yaml.
func at(make func(path string) error) func(dir, outside string) error {
	return func(dir, _ string) error { return make(filepath.Join(dir, "a.yaml")) }
}

// linked makes a.json, a template that links to path, and something at b.json.
func linked(path string, make func(at, outside string) error) func(dir, outside string) error {
	return func(dir, outside string) error {
		err := os.WriteFile(filepath.Join(dir, "a.json"), []byte(linkTo(path)), 0o644)
		return errors.Join(err, make(filepath.Join(dir, "b.json"), outside))
	}
}

func hostileFiles() []hostileFile {
	nothing := func(string, string) error { return nil }
	return []hostileFile{
		{"named pipe", at(func(p string) error { return syscall.Mkfifo(p, 0o600) }), "a.yaml skipped not a regular file (named pipe)"},
		{"socket", at(listenOn), "a.yaml skipped not a regular file (socket)"},
		{"folder with the name of a file", at(func(p string) error { return os.Mkdir(p, 0o755) }), ""},
		{"link to nowhere", at(func(p string) error { return os.Symlink("nowhere", p) }), "a.yaml skipped symbolic link that leads nowhere"},
		{"link to itself", at(func(p string) error { return os.Symlink(p, p) }), "a.yaml skipped symbolic link that leads nowhere"},
		{"link to the folder", at(func(p string) error { return os.Symlink(filepath.Dir(p), p) }), "a.yaml skipped symbolic link to something that is not a regular file"},
		{"link to a device", at(func(p string) error { return os.Symlink("/dev/zero", p) }), "a.yaml skipped symbolic link that leaves the folder"},
		{"link to standard input", at(func(p string) error { return os.Symlink("/dev/stdin", p) }), "a.yaml skipped symbolic link that leaves the folder"},
		{"link out of the folder", func(dir, outside string) error {
			return os.Symlink(filepath.Join(outside, "secret.yaml"), filepath.Join(dir, "a.yaml"))
		}, "a.yaml skipped symbolic link that leaves the folder"},
		{"relativePath to a file above", linked("../outside/secret.json", nothing), "a.json:3 template-error Linked template file not found: '../outside/secret.json'."},
		{"relativePath with backslashes to a file above", linked(`..\outside\secret.json`, nothing), "a.json:3 template-error Linked template file not found: '../outside/secret.json'."},
		{"relativePath by a link out of the folder", linked("b.json", func(at, outside string) error {
			return os.Symlink(filepath.Join(outside, "secret.json"), at)
		}), "a.json:3 template-error Linked template file 'b.json' cannot be read: "},
		{"relativePath to a named pipe", linked("b.json", func(at, _ string) error { return syscall.Mkfifo(at, 0o600) }), "a.json:3 template-error Linked template file 'b.json' cannot be read: "},
		{"relativePath to a device", linked("b.json", func(at, _ string) error { return os.Symlink("/dev/zero", at) }), "a.json:3 template-error Linked template file 'b.json' cannot be read: "},
	}
}

// TestHostileFiles puts what is no regular file below the folder: each is named
// with the reason, nothing of it is read, and the Service beside it is judged.
func TestHostileFiles(t *testing.T) {
	for _, c := range hostileFiles() {
		t.Run(c.name, func(t *testing.T) {
			root := t.TempDir()
			dir, outside := filepath.Join(root, "folder"), filepath.Join(root, "outside")
			writeHostile(t, filepath.Join(outside, "secret.yaml"), strings.Replace(publicService, "web", "outside-the-root", 1))
			writeHostile(t, filepath.Join(outside, "secret.json"), templateWith(`"resources": [`+networkNamed("outside-the-root")+`], "outside-the-root": 1`))
			if err := errors.Join(os.Mkdir(dir, 0o755), c.make(dir, outside)); err != nil {
				t.Fatal(err)
			}
			report := lintHostile(t, dir)
			holdsOutcome(t, dir, report, c.want)
			if shown, err := json.Marshal(report); err != nil || strings.Contains(string(shown), "outside-the-root") {
				t.Errorf("a file out of the folder was read: %s, %v", shown, err)
			}
		})
	}
}

// TestUnreadableFile reports a file that cannot be opened, and judges those beside it.
func TestUnreadableFile(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root reads every file")
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.yaml"), []byte(publicService), 0); err != nil {
		t.Fatal(err)
	}
	holdsOutcome(t, dir, lintHostile(t, dir), "a.yaml:1 parse-error the file cannot be read: permission denied")
}

// TestNamedFiles ends with an error where the user names what is no regular file.
func TestNamedFiles(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "a.yaml")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{"/dev/zero": "device", "/dev/null": "device", pipe: "named pipe"} {
		_, err := linter.Run(t.Context(), linter.Options{}, path)
		if err == nil || err.Error() != fmt.Sprintf("reading %s: not a regular file (%s)", path, want) {
			t.Errorf("%s: %v", path, err)
		}
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
