package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// docStep is a file to save or a block of commands, in the order of the text.
var docStep = regexp.MustCompile("(?s)Save as `([^`]+)`:\n\n```[a-z]+\n(.*?)```|```sh\n(.*?)```")

// TestCustomRulesDoc does what docs/custom-rules.md says, step by step. A command
// may have findings; one that cannot do its job fails.
func TestCustomRulesDoc(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(root, "docs", "custom-rules.md"))
	if err != nil {
		t.Fatal(err)
	}
	dir, bin := t.TempDir(), t.TempDir()
	if out, err := exec.Command("go", "build", "-o", filepath.Join(bin, "aksnetlint"), ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	writeKeys(t, dir)
	commands := 0
	for _, step := range docStep.FindAllStringSubmatch(string(text), -1) {
		if step[1] != "" {
			if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(step[1])), []byte(step[2]), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		for _, line := range shellLines("```sh\n" + step[3] + "```") {
			runDocCommand(t, dir, bin, line)
			commands++
		}
	}
	if commands < 15 {
		t.Errorf("%d commands ran, want at least 15", commands)
	}
	junit, err := os.ReadFile(filepath.Join(dir, "rules.xml"))
	if err != nil || !strings.Contains(string(junit), `failures="0"`) {
		t.Errorf("rules.xml: %v\n%s", err, junit)
	}
	cases, err := os.ReadFile(filepath.Join(dir, "policies", "owner_label.txtar"))
	if err != nil || !strings.Contains(string(cases), "bad/person.yaml:6:12: warning: owner-label: owner bob does not start with team-") {
		t.Errorf("the cases after --update: %v\n%s", err, cases)
	}
}

func runDocCommand(t *testing.T, dir, bin, line string) {
	t.Helper()
	cmd := exec.Command("sh", "-c", line)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	// Findings of the linter are no failure; tests that fail are.
	if errors.As(err, &exit) && exit.ExitCode() == exitFindings && !strings.HasPrefix(line, "aksnetlint test") {
		err = nil
	}
	if err != nil {
		t.Errorf("%s: %v\n%s", line, err, out)
	}
}

// writeKeys writes the key pair that the text takes for granted.
func writeKeys(t *testing.T, dir string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	public, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	for name, block := range map[string]*pem.Block{"private.pem": {Type: "PRIVATE KEY", Bytes: private}, "public.pem": {Type: "PUBLIC KEY", Bytes: public}} {
		if err := os.WriteFile(filepath.Join(dir, name), pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
