package main

import (
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rhysd/actionlint"
	"sigs.k8s.io/yaml"
)

// root is the root of the project's checkout.
var root = filepath.Join("..", "..")

// lintWorkflow returns what actionlint has to say of a workflow of this project. The
// action under its published name is taken for the one in this checkout, so that its
// inputs and outputs are known.
func lintWorkflow(t *testing.T, name, text string) []string {
	t.Helper()
	dir, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	project, err := actionlint.NewProject(dir)
	if err != nil {
		t.Fatal(err)
	}
	linter, err := actionlint.NewLinter(io.Discard, &actionlint.LinterOptions{WorkingDir: dir})
	if err != nil {
		t.Fatal(err)
	}
	text = regexp.MustCompile(`aksnetlint/aksnetlint@[\w.]+`).ReplaceAllString(text, "./")
	found, err := linter.Lint(name, []byte(text), project)
	if err != nil {
		t.Fatalf("linting %s: %v", name, err)
	}
	var messages []string
	for _, e := range found {
		messages = append(messages, e.Error())
	}
	return messages
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func glob(t *testing.T, pattern string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(pattern)))
	if err != nil || len(names) == 0 {
		t.Fatalf("no files for %s: %v", pattern, err)
	}
	for i, name := range names {
		if names[i], err = filepath.Rel(root, name); err != nil {
			t.Fatal(err)
		}
	}
	return names
}

// exampleWorkflows are the workflows that a page shows.
func exampleWorkflows(text string) []string {
	var found []string
	for _, match := range regexp.MustCompile("(?s)```yaml\n(.*?)\n```").FindAllStringSubmatch(text, -1) {
		if strings.Contains(match[1], "\njobs:") {
			found = append(found, match[1]+"\n")
		}
	}
	return found
}

func TestWorkflows(t *testing.T) {
	texts := map[string]string{}
	for _, name := range append(glob(t, ".github/workflows/*.yml"), glob(t, "testdata/action/workflows/*.yml")...) {
		texts[name] = readFile(t, name)
	}
	for _, page := range append(glob(t, "docs/*.md"), "README.md") {
		for _, text := range exampleWorkflows(readFile(t, page)) {
			texts["the example of "+page] = text
		}
	}
	if texts["the example of "+filepath.FromSlash("docs/ci.md")] == "" {
		t.Error("docs/ci.md has no example of a workflow")
	}
	pinned := regexp.MustCompile(`^(\./|aksnetlint/aksnetlint@v1$|[\w./-]+@[0-9a-f]{40} # v[0-9.]+$)`)
	for name, text := range texts {
		for _, message := range lintWorkflow(t, name, text) {
			t.Error(message)
		}
		for _, use := range regexp.MustCompile(`(?m)uses: (.*)$`).FindAllStringSubmatch(text, -1) {
			if !pinned.MatchString(use[1]) {
				t.Errorf("%s: %s is not pinned to a commit with its version behind it", name, use[1])
			}
		}
	}
}

// TestWrongExample shows that a mistake in the example would be seen.
func TestWrongExample(t *testing.T) {
	example := exampleWorkflows(readFile(t, "docs/ci.md"))[0]
	for _, test := range []struct{ name, old, new, want string }{
		{"input", "fail-on:", "fail_on:", `input "fail_on" is not defined`},
		{"output", "steps.aksnetlint.outputs.sarif }}", "steps.aksnetlint.outputs.sarif-file }}", `property "sarif-file" is not defined`},
		{"step", "steps.aksnetlint.outputs.sarif }}", "steps.lint.outputs.sarif }}", `property "lint" is not defined`},
		{"permission", "security-events: write", "security-event: write", `unknown permission scope "security-event"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			wrong := strings.Replace(example, test.old, test.new, 1)
			if wrong == example {
				t.Fatalf("the example has no %q", test.old)
			}
			if got := strings.Join(lintWorkflow(t, "example.yml", wrong), "\n"); !strings.Contains(got, test.want) {
				t.Errorf("actionlint says %q, want %q", got, test.want)
			}
		})
	}
}

// action is what the tests read of action.yml.
type action struct {
	Inputs map[string]struct {
		Description string `json:"description"`
		Default     string `json:"default"`
	} `json:"inputs"`
	Outputs map[string]struct {
		Description string `json:"description"`
		Value       string `json:"value"`
	} `json:"outputs"`
	Runs struct {
		Using string `json:"using"`
		Steps []struct {
			ID    string            `json:"id"`
			Shell string            `json:"shell"`
			Run   string            `json:"run"`
			Uses  string            `json:"uses"`
			Env   map[string]string `json:"env"`
		} `json:"steps"`
	} `json:"runs"`
}

// TestAction checks what neither actionlint nor act does: that each step names its
// shell, that no expression is pasted into a script, and that each input
// gets to one.
func TestAction(t *testing.T) {
	var a action
	if err := yaml.Unmarshal([]byte(readFile(t, "action.yml")), &a); err != nil {
		t.Fatal(err)
	}
	if a.Runs.Using != "composite" || len(a.Runs.Steps) == 0 {
		t.Fatalf("a %s action of %d steps", a.Runs.Using, len(a.Runs.Steps))
	}
	var environment strings.Builder
	for _, step := range a.Runs.Steps {
		if step.Uses != "" || step.Shell != "bash" {
			t.Errorf("step %s has shell %q and uses %q; want a script for bash", step.ID, step.Shell, step.Uses)
		}
		if strings.Contains(step.Run, "${{") {
			t.Errorf("step %s has an expression in its script", step.ID)
		}
		for _, value := range step.Env {
			environment.WriteString(value + "\n")
		}
	}
	page := readFile(t, "docs/ci.md")
	for name, input := range a.Inputs {
		if !strings.Contains(environment.String(), "${{ inputs."+name+" }}") {
			t.Errorf("input %s reaches no script", name)
		}
		cell := " `" + input.Default + "` "
		if input.Default == "" {
			cell = " "
		}
		if row := "| `" + name + "` |" + cell + "|"; !strings.Contains(page, row) {
			t.Errorf("docs/ci.md has no row %q", row)
		}
	}
	for name, output := range a.Outputs {
		if strings.HasSuffix(output.Value, "outputs."+name+" }}") {
			t.Errorf("output %s has the name of a step's output: a test with act could not tell them apart", name)
		}
		if !strings.Contains(page, "| `"+name+"` |") {
			t.Errorf("docs/ci.md does not have the output %s", name)
		}
	}
}
