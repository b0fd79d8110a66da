package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/aksnetlint/aksnetlint/linter/engine"
	"github.com/aksnetlint/aksnetlint/policies"
)

func TestMain(m *testing.M) {
	testscript.Main(uncached{m}, map[string]func(){
		"aksnetlint": main,
	})
}

// uncached runs the tests, and not the program that scripts start, without the
// cache of the user who runs them.
type uncached struct{ *testing.M }

func (u uncached) Run() int {
	if err := os.Setenv(cacheVariable, "off"); err != nil {
		panic(err)
	}
	return u.M.Run()
}

// TestScripts runs the program as a user would: each file of testdata/script
// holds commands, the files they work on and what they must print.
func TestScripts(t *testing.T) {
	cache := t.TempDir()
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("..", "..", "testdata", "script"),
		RequireExplicitExec: true,
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		Condition:           condition,
		Setup: func(env *testscript.Env) error {
			root, err := filepath.Abs(filepath.Join("..", ".."))
			env.Setenv("ROOT", root)
			env.Setenv(cacheVariable, cache)
			return err
		},
	})
}

// condition knows [packed]: the program carries the compiled rules.
func condition(name string) (bool, error) {
	if name != "packed" {
		return false, fmt.Errorf("unknown condition %q", name)
	}
	carried, err := engine.OpenPack(policies.Pack())
	return err == nil && carried.Key() == engine.PackKey(policies.Sum()), nil
}

// TestUnknownFlag keeps the exit code of a job that cannot be done.
func TestUnknownFlag(t *testing.T) {
	if code := (&command{stdout: os.Stdout, stderr: os.Stderr}).run(context.Background(), []string{"--no-such-flag"}); code != exitFailed {
		t.Errorf("exit code %d, want %d", code, exitFailed)
	}
}
