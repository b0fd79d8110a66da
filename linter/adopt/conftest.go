package adopt

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/engine"
)

var (
	packageMain = regexp.MustCompile(`(?m)^package\s+main\s*$`)
	// verdictRule finds the rules that conftest asks: deny, violation and warn,
	// also with a name behind an underscore.
	verdictRule = regexp.MustCompile(`(?m)^((?:deny|violation|warn)(?:_[A-Za-z0-9_]+)?)(?:\[|\s+contains\b)`)
	ownPackage  = regexp.MustCompile(`(?m)^package\s+aksnetlint\b`)
)

// conftest adds a rule that asks the modules of package main, where there are
// any, for their verdicts. These and the libraries beside them may be
// of Rego's older version.
func conftest(source string, modules []engine.Module) []engine.Module {
	var names []string
	for _, m := range modules {
		if !packageMain.Match(m.Text) {
			continue
		}
		for _, found := range verdictRule.FindAllSubmatch(m.Text, -1) {
			if name := string(found[1]); !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	if len(names) == 0 {
		return modules
	}
	slices.Sort(names)
	for i := range modules {
		modules[i].Legacy = !ownPackage.Match(modules[i].Text)
	}
	var body strings.Builder
	for _, name := range names {
		severity := "error"
		if strings.HasPrefix(name, "warn") {
			severity = "warning"
		}
		fmt.Fprintf(&body, `deny contains {"path": [], "message": text(found), "severity": %q} if {
	not input.deployment
	some found in data.main.%s with input as input.resource
}

`, severity, name)
	}
	body.WriteString(`text(found) := found if is_string(found)

text(found) := found.msg if is_object(found)
`)
	folder := filepath.ToSlash(filepath.Clean(source))
	return append(modules, wrapper{
		id: ruleID("conftest", filepath.Base(folder)), file: folder, severity: "error",
		title:       "conftest policies of " + filepath.Base(folder),
		description: "What deny, violation and warn of package main say of a Kubernetes object.",
		link:        "https://www.conftest.dev/", remediation: "See the policy.", body: body.String(),
	}.module())
}
