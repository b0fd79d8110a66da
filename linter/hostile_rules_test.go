package linter_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aksnetlint/aksnetlint/linter"
)

// hostileRule is one class of custom rule that does harm.
type hostileRule struct {
	name string
	// body is what the rule does with the Service's name, in an expression of deny.
	body string
	// want is in the error of the run. Where refused is set the rule is not loaded and
	// nothing is judged; else it fails and the other rules judge.
	want    string
	refused bool
}

func hostileRules() []hostileRule {
	return []hostileRule{
		{"endless recursion", "again(name)", "again is recursive", true},
		{"http.send", `http.send({"method": "GET", "url": "https://example.com"}).status_code == 200`, "rules/bomb.rego:14:2: http.send is not available to rules", true},
		{"opa.runtime", `opa.runtime().env[name]`, "rules/bomb.rego:14:2: opa.runtime is not available to rules", true},
		{"net.lookup_ip_addr", `net.lookup_ip_addr(name)`, "rules/bomb.rego:14:2: net.lookup_ip_addr is not available to rules", true},
		{"template with loops", `strings.render_template("{{range 9}}{{end}}", {"name": name})`, "rules/bomb.rego:14:2: strings.render_template is not available to rules", true},
		{"catastrophic comprehension", `count([a | some a in numbers.range(1, 1000 + count(name)); some b in numbers.range(1, 1000); some c in numbers.range(1, 1000)]) > 1`, "rule bomb (rules/bomb.rego:10:1): evaluation took", false},
		{"string that doubles", doubling(`x%[1]d := concat("", [x%[2]d, x%[2]d])`), "concat: the result would be larger than 16 MiB", false},
		{"list that doubles", "n := [name]\n" + strings.ReplaceAll(doubling("x%[1]d := array.concat(x%[2]d, x%[2]d)"), "x0 := name", "x0 := n"), "array.concat: the result would be larger than 16 MiB", false},
		{"range of 1e9", `count(numbers.range(1, 1000000000 + count(name))) > 1`, "numbers.range: the result would be larger than 16 MiB", false},
		{"shift by 1e11", `format_int(bits.lsh(1, 100000000000 + count(name)), 10) != ""`, "bits.lsh: the result would be larger than 16 MiB", false},
		{"replacement of each character", `s := sprintf("%0999999d", [count(name)]); count(replace(s, "0", s)) > 1`, "replace: the result would be larger than 16 MiB", false},
		{"widths of a megabyte", `f := concat("", ["%0999999d" | some _ in numbers.range(1, 1000)]); count(sprintf(f, numbers.range(1, 1000))) > count(name)`, "sprintf: the result would be larger than 16 MiB", false},
		{"number that squares itself", `x0 := 999999999999999999999 + count(name)` + "\n" + strings.Join(strings.Split(doubling("x%[1]d := x%[2]d * x%[2]d"), "\n")[1:], "\n"), "the result would be larger than 16 MiB", false},
		{"regular expression that is not one", `regex.match("a(", name)`, "regex.match: ", false},
	}
}

// doubling is a chain of forty steps from x0, which is the name, to x40.
func doubling(step string) string {
	lines := []string{"x0 := name"}
	for i := 1; i <= 40; i++ {
		lines = append(lines, fmt.Sprintf(step, i, i-1))
	}
	return strings.Join(lines, "\n")
}

// hostileModule is a rule with the body.
func hostileModule(body string) string {
	return `# METADATA
# title: Bomb
# description: Does harm.
# related_resources:
#   - ref: https://example.com/rules
# custom:
#   severity: note
#   targets: [Service]
#   remediation: None.
package aksnetlint.rules.bomb

deny contains {"path": [], "message": "m"} if {
	name := input.resource.metadata.name
	` + strings.ReplaceAll(body, "\n", "\n\t") + `
}

again(x) := again(x)
`
}

// TestHostileRules loads rules that do harm: each is refused with its place, or stopped
// and named while the others judge.
func TestHostileRules(t *testing.T) {
	for _, c := range hostileRules() {
		t.Run(c.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			module := hostileModule(c.body)
			if !strings.Contains(c.body, "again(") {
				module = strings.Replace(module, "\nagain(x) := again(x)\n", "", 1)
			}
			writeHostile(t, "rules/bomb.rego", module)
			writeHostile(t, "web.yaml", publicService)
			peak := watchHeap()
			report, err := linter.Run(context.Background(), linter.Options{Rules: []string{"rules"}}, "web.yaml")
			if used := peak(); used > hostileMemory {
				t.Errorf("%d MB of memory in use, want %d at most", used>>20, hostileMemory>>20)
			}
			if !c.refused {
				if err != nil {
					t.Fatalf("the run ended: %v", err)
				}
				if !hasRule(report, "public-load-balancer") {
					t.Error("the other rules did not judge")
				}
				err = report.Err()
			}
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
}

func hasRule(report *linter.Report, rule string) bool {
	for _, f := range report.Findings {
		if f.Rule == rule {
			return true
		}
	}
	return false
}

// TestRuleThatIsALink refuses a folder of rules in which one is a link to
// somewhere else: the file is not read, and the rule not left out in silence.
func TestRuleThatIsALink(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "secret")
	writeHostile(t, outside, "outside-the-root")
	t.Chdir(t.TempDir())
	writeHostile(t, "web.yaml", publicService)
	if err := os.Mkdir("rules", 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join("rules", "owner.rego")); err != nil {
		t.Skip(err)
	}
	_, err := linter.Run(context.Background(), linter.Options{Rules: []string{"rules"}}, "web.yaml")
	if err == nil || !strings.Contains(err.Error(), filepath.Join("rules", "owner.rego")+" is no regular file") || strings.Contains(err.Error(), "outside-the-root") {
		t.Errorf("error %v", err)
	}
}
