package adopt

import (
	"fmt"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/aksnetlint/aksnetlint/linter/engine"
)

var (
	packageMain = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?m)^package\s+main\s*$`) })
	// verdictRule finds the rules that conftest asks: deny, violation and warn,
	// also with a name behind an underscore.
	verdictRule = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?m)^((?:deny|violation|warn)(?:_[A-Za-z0-9_]+)?)(?:\[|\s+contains\b)`)
	})
	// exceptionRule finds the rules that exempt an object from others by their names.
	exceptionRule = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?m)^exception(?:\[|\s+contains\b)`) })
	ownPackage    = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?m)^package\s+aksnetlint\b`) })
)

// conftest adds a rule that asks the modules of package main, where there are
// any, for their verdicts. These and the libraries beside them may be
// of Rego's older version.
func conftest(source string, modules []engine.Module) []engine.Module {
	var names []string
	exempting := false
	for _, m := range modules {
		if !packageMain().Match(m.Text) {
			continue
		}
		exempting = exempting || exceptionRule().Match(m.Text)
		for _, found := range verdictRule().FindAllSubmatch(m.Text, -1) {
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
		modules[i].Legacy = !ownPackage().Match(modules[i].Text)
	}
	folder := placeOf(source)
	return append(modules, wrapper{
		id: ruleID("conftest", path.Base(folder)), file: folder, severity: "error",
		title:       "conftest policies of " + path.Base(folder),
		description: "What deny, violation and warn of package main say of a Kubernetes object.",
		link:        "https://www.conftest.dev/", remediation: "See the policy.", body: conftestBody(names, exempting),
	}.module())
}

// placeOf names a source of policies: a path with slashes, or an address without its digest.
func placeOf(source string) string {
	if strings.Contains(source, "://") {
		address, _, _ := strings.Cut(source, "@sha256:")
		return address
	}
	return filepath.ToSlash(filepath.Clean(source))
}

// conftestBody is the rule that asks the named rules of package main and leaves
// out those that a rule named exception exempts the object from.
func conftestBody(names []string, exempting bool) string {
	var body strings.Builder
	for _, name := range names {
		severity, condition := "error", ""
		if strings.HasPrefix(name, "warn") {
			severity = "warning"
		}
		if exempting {
			condition = fmt.Sprintf("\n\tnot exempt(%q)", exemptName(name))
		}
		fmt.Fprintf(&body, `deny contains {"path": [], "message": text(found), "severity": %q} if {
	not input.deployment%s
	some found in data.main.%s with input as input.resource
}

`, severity, condition, name)
	}
	if exempting {
		body.WriteString(`exempt(name) if {
	some names in data.main.exception with input as input.resource
	name in names
}

`)
	}
	body.WriteString(`text(found) := found if is_string(found)

text(found) := found.msg if is_object(found)
`)
	return body.String()
}

// exemptName is the name by which an exception calls a rule: the empty one for a
// rule without a name behind its verdict.
func exemptName(rule string) string {
	_, name, _ := strings.Cut(rule, "_")
	return name
}
