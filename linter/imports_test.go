package linter_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/aksnetlint/aksnetlint/"

// allowedImports says which packages of the module each one may import. A
// pattern that ends in /... holds the packages below as well.
var allowedImports = []struct {
	pkg     string
	imports []string
}{
	{"cmd/aksnetlint", []string{"linter", "linter/config", "linter/format", "linter/fix", "linter/gatekeeper", "linter/advise", "linter/ruletest", "linter/engine", "linter/engine/bundle", "policies"}},
	{"internal/bench", []string{"internal/bench/corpus"}},
	{"internal/bench/corpus", nil},
	{"internal/docs", []string{"linter", "linter/config", "linter/engine", "policies"}},
	{"internal/packgen", []string{"internal/samples", "linter/engine", "policies"}},
	{"internal/samples", nil},
	{"internal/ruledocs", []string{"linter", "linter/engine"}},
	{"linter", []string{"linter/source", "linter/edit", "linter/arm/...", "linter/adopt", "linter/engine", "linter/engine/bundle", "linter/config", "linter/internal/cache", "policies"}},
	{"linter/internal/cache", nil},
	{"linter/adopt", []string{"linter/engine", "linter/engine/bundle", "linter/source"}},
	{"linter/advise", []string{"linter", "linter/engine"}},
	{"linter/arm", []string{"linter/arm/...", "linter/source"}},
	{"linter/arm/expr", []string{"linter/source"}},
	{"linter/arm/function", []string{"linter/arm/expr", "linter/arm/value", "linter/source"}},
	{"linter/arm/value", []string{"linter/source"}},
	{"linter/config", []string{"linter/engine", "linter/source"}},
	{"linter/edit", []string{"linter/source"}},
	{"linter/engine/...", []string{"linter/engine/..."}},
	{"linter/fix", []string{"linter", "linter/source"}},
	{"linter/format", []string{"linter", "linter/engine"}},
	{"linter/ruletest", []string{"linter", "linter/engine", "linter/engine/bundle", "policies"}},
	{"linter/gatekeeper", []string{"linter/engine"}},
	{"linter/source", nil},
	{"policies", []string{}},
}

// TestImports keeps the direction in which packages know each other.
func TestImports(t *testing.T) {
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	cmd.Dir = ".."
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	decoder := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var pkg struct {
			ImportPath string
			Imports    []string
		}
		if err := decoder.Decode(&pkg); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("go list: %v", err)
		}
		name := strings.TrimPrefix(pkg.ImportPath, module)
		allowed, known := importsOf(name)
		if !known {
			t.Errorf("package %s is in no line of allowedImports", name)
			continue
		}
		for _, imported := range pkg.Imports {
			if own, ok := strings.CutPrefix(imported, module); ok && !slices.ContainsFunc(allowed, func(p string) bool { return matches(p, own) }) {
				t.Errorf("%s must not import %s", name, own)
			}
		}
	}
}

func importsOf(name string) ([]string, bool) {
	for _, rule := range allowedImports {
		if matches(rule.pkg, name) {
			return rule.imports, true
		}
	}
	return nil, false
}

func matches(pattern, name string) bool {
	base, below := strings.CutSuffix(pattern, "/...")
	return name == base || below && strings.HasPrefix(name, base+"/")
}

// TestNoForeignTypes keeps the types of OPA, gjson and the YAML readers inside
// the packages that wrap them: no other package may import theirs.
func TestNoForeignTypes(t *testing.T) {
	wrappers := map[string][]string{
		"github.com/open-policy-agent/opa/": {"linter/engine", "policies"},
		"github.com/tidwall/":               {"linter/source", "cmd/aksnetlint"},
		"go.yaml.in/":                       {"linter/source"},
		"sigs.k8s.io/yaml":                  {"linter/source", "linter/config"},
	}
	cmd := exec.Command("go", "list", "-f", "{{.ImportPath}} {{join .Imports \" \"}}", "./...")
	cmd.Dir = ".."
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		name := strings.TrimPrefix(fields[0], module)
		for _, imported := range fields[1:] {
			for prefix, owners := range wrappers {
				if strings.HasPrefix(imported, prefix) && !slices.ContainsFunc(owners, func(o string) bool { return name == o || strings.HasPrefix(name, o+"/") }) {
					t.Errorf("%s must not import %s", name, filepath.ToSlash(imported))
				}
			}
		}
	}
}
