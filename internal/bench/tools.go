package main

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
)

const (
	conftestModule  = "github.com/open-policy-agent/conftest"
	conftestVersion = "v0.71.1"
	ownCommand      = "github.com/aksnetlint/aksnetlint/cmd/aksnetlint"
)

//go:embed policy
var policies embed.FS

// tools are the programs to compare.
type tools struct {
	aksnetlint, conftest string
	// policies is the folder of conftest's rules.
	policies string
}

// prepareTools builds what the flags do not name, into the work folder.
func prepareTools(ctx context.Context, s settings) (tools, error) {
	bin := filepath.Join(s.dir, "bin")
	t := tools{aksnetlint: s.aksnetlint, conftest: s.conftest, policies: filepath.Join(s.dir, "policy")}
	if err := writePolicies(s.dir); err != nil {
		return t, fmt.Errorf("writing the rules for conftest: %w", err)
	}
	if t.aksnetlint == "" {
		t.aksnetlint = filepath.Join(bin, executable("aksnetlint"))
		progress("building aksnetlint")
		if err := buildOwn(ctx, t.aksnetlint); err != nil {
			return t, err
		}
	}
	if t.conftest == "" {
		t.conftest = filepath.Join(bin, executable("conftest"))
		progress("building conftest %s", conftestVersion)
		if err := buildConftest(ctx, bin); err != nil {
			return t, err
		}
	}
	for _, path := range []*string{&t.aksnetlint, &t.conftest} {
		absolute, err := filepath.Abs(*path)
		if err != nil {
			return t, fmt.Errorf("finding %s: %w", *path, err)
		}
		*path = absolute
	}
	return t, nil
}

// buildOwn builds the module at hand with the flags of .goreleaser.yaml.
func buildOwn(ctx context.Context, output string) error {
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", output, ownCommand)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	return runBuild(cmd, "aksnetlint")
}

// buildConftest installs it from its module, as its documentation says to.
func buildConftest(ctx context.Context, bin string) error {
	cmd := exec.CommandContext(ctx, "go", "install", conftestModule+"@"+conftestVersion)
	cmd.Env = append(os.Environ(), "GOBIN="+bin, "GOFLAGS=-mod=mod")
	return runBuild(cmd, "conftest")
}

func runBuild(cmd *exec.Cmd, what string) error {
	var output bytes.Buffer
	cmd.Stdout, cmd.Stderr = &output, &output
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("building %s: %w\n%s", what, err, output.Bytes())
	}
	return nil
}

func writePolicies(dir string) error {
	return fs.WalkDir(policies, "policy", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		target := filepath.Join(dir, filepath.FromSlash(path))
		if entry.IsDir() {
			return os.MkdirAll(target, 0o755)
		}
		text, err := policies.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(target, text, 0o644)
	})
}

func executable(name string) string {
	if runtime.GOOS == "windows" {
		return name + ".exe"
	}
	return name
}

// ownArgs and conftestArgs are the commands over the input of a case; format
// is an output format, empty for the default one.
func (t tools) ownArgs(c benchCase, format string) []string {
	args := []string{t.aksnetlint}
	if format != "" {
		args = append(args, "--output", format)
	}
	return append(args, filepath.FromSlash(c.path))
}

func (t tools) conftestArgs(c benchCase, format string) []string {
	args := []string{t.conftest, "test", "--no-color", "--policy", filepath.Join(t.policies, c.policy)}
	if format != "" {
		args = append(args, "--output", format)
	}
	return append(args, filepath.FromSlash(c.path))
}
