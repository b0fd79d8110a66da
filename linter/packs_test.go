package linter

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aksnetlint/aksnetlint/linter/engine"
	"github.com/aksnetlint/aksnetlint/policies"
)

// What lies in the cache is used where it fits, and made anew where it does not.
func TestPackInCache(t *testing.T) {
	key := engine.PackKey(policies.Sum())
	ctx := context.Background()
	open := func(folder string) *engine.Pack { return packFrom(ctx, builtinModules(), key, folder) }
	if p := open(""); p != nil {
		t.Error("there is a pack without a cache")
	}
	folder := filepath.Join(t.TempDir(), "cache")
	if p := open(folder); p == nil || p.Key() != key {
		t.Fatal("no pack is made")
	}
	file := filepath.Join(folder, "aksnetlint-"+key+".pack")
	good, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	libraries := slices.DeleteFunc(builtinModules(), func(m engine.Module) bool { return !strings.HasPrefix(m.Path, "lib/") })
	other, err := engine.WritePack(ctx, libraries, engine.PackKey("other"), nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, bad := range map[string][]byte{"cut": good[:len(good)/2], "of other rules": other, "empty": nil} {
		if err := os.WriteFile(file, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		if p := open(folder); p == nil || p.Key() != key {
			t.Errorf("%s: no pack", name)
		}
		if again, err := os.ReadFile(file); err != nil || string(again) != string(good) {
			t.Errorf("%s: the file in the cache is not replaced (%v)", name, err)
		}
	}
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if p := open(blocked); p == nil {
		t.Error("a cache that cannot be written fails the run")
	}
}
