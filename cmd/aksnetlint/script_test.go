package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	// No test touches the cache of the user who runs it.
	if os.Getenv(cacheVariable) == "" {
		_ = os.Setenv(cacheVariable, "off")
	}
	testscript.Main(m, map[string]func(){
		"aksnetlint": main,
	})
}

// TestScripts runs the program as a user would: each file of testdata/script
// holds commands, the files they work on and what they must print.
func TestScripts(t *testing.T) {
	cache := t.TempDir()
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("..", "..", "testdata", "script"),
		RequireExplicitExec: true,
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		Setup: func(env *testscript.Env) error {
			root, err := filepath.Abs(filepath.Join("..", ".."))
			env.Setenv("ROOT", root)
			env.Setenv(cacheVariable, cache)
			return err
		},
	})
}

// TestUnknownFlag keeps the exit code of a job that cannot be done.
func TestUnknownFlag(t *testing.T) {
	if code := (&command{stdout: os.Stdout, stderr: os.Stderr}).run(context.Background(), []string{"--no-such-flag"}); code != exitFailed {
		t.Errorf("exit code %d, want %d", code, exitFailed)
	}
}
