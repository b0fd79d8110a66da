package tools

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// user is somebody who follows docs/ci.md in a repository of their own: nothing is
// installed, and GitHub has version v1.0.0 of the project, made of this checkout.
type user struct {
	t    *testing.T
	repo string
	env  []string
}

func newUser(t *testing.T) *user {
	t.Helper()
	home, published := t.TempDir(), source(t)
	command(t, published, "git", "init", "--quiet", "--initial-branch=main")
	commit(t, published, "Release")
	command(t, published, "git", "tag", "v1.0.0")
	write(t, filepath.Join(home, ".gitconfig"), fmt.Appendf(nil, `[user]
	name = Test
	email = test@example.com
[safe]
	directory = *
[url "file://%s"]
	insteadOf = https://github.com/aksnetlint/aksnetlint
`, published))
	repo := repository(t, workflow(t, "outputs.yml"))
	appendTo(t, filepath.Join(repo, "deploy", "orders.yaml"), "      name: https\n")
	commit(t, repo, "Name the port of orders")

	bin := filepath.Join(home, "bin")
	return &user{t: t, repo: repo, env: append(os.Environ(),
		"HOME="+home, "GOBIN="+bin, "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"),
		"PRE_COMMIT_HOME="+filepath.Join(home, "pre-commit"), "AGENT_TEMPDIRECTORY="+filepath.Join(home, "agent"),
		// Modules come from this machine's cache where it has them, but no trace of the
		// made-up release stays in it. Builds are shared through -trimpath.
		"GOMODCACHE="+filepath.Join(home, "modules"), "GOCACHE="+command(t, ".", "go", "env", "GOCACHE"),
		"GOPROXY=file://"+filepath.ToSlash(command(t, ".", "go", "env", "GOMODCACHE"))+"/cache/download,"+command(t, ".", "go", "env", "GOPROXY"),
		"GOPRIVATE=github.com/aksnetlint", "GOFLAGS=-trimpath -modcacherw")}
}

// bash runs a command as the user types it and returns what it prints and its exit code.
func (u *user) bash(script string) (string, int) {
	u.t.Helper()
	cmd := exec.CommandContext(u.t.Context(), "bash", "-c", script)
	cmd.Dir, cmd.Env = u.repo, u.env
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		u.t.Fatal(err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}

// expect runs a command and checks its exit code and a text that it must print.
func (u *user) expect(script string, code int, text string) {
	u.t.Helper()
	out, got := u.bash(script)
	if got != code || !strings.Contains(out, text) {
		u.t.Errorf("%s\nends with %d, want %d and the text %q:\n%s", script, got, code, text, out)
	}
}

func appendTo(t *testing.T, path, text string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	write(t, path, append(data, text...))
}

// lines are the commands of a block, without their comments.
func lines(block string) []string {
	var found []string
	for line := range strings.Lines(block) {
		line, _, _ = strings.Cut(line, " #")
		found = append(found, strings.TrimSpace(line))
	}
	return found
}

// expected are the commands of a section with their exit codes and what they print.
type expected []struct {
	command string
	code    int
	prints  string
}

// run runs all commands of a section; the page and the table must agree.
func (e expected) run(u *user, commands []string) {
	u.t.Helper()
	if len(commands) != len(e) {
		u.t.Fatalf("the page has %q, the test %d commands", commands, len(e))
	}
	for i, command := range commands {
		if command != e[i].command {
			u.t.Fatalf("the page has %q, the test %q", command, e[i].command)
		}
		u.expect(command, e[i].code, e[i].prints)
	}
}

// TestDocumentedCommands follows the sections of docs/ci.md one after the other.
func TestDocumentedCommands(t *testing.T) {
	u := newUser(t)
	const finding = "deploy/orders.yaml:8:62: error: "
	if !t.Run("Locally", func(t *testing.T) {
		expected{
			{"go install github.com/aksnetlint/aksnetlint/cmd/aksnetlint@latest", 0, ""},
			{"aksnetlint", 1, finding},
			{"aksnetlint deploy infra", 1, finding},
			{"aksnetlint --changed-since HEAD~1", 1, finding},
			{"aksnetlint -o text -o markdown=summary.md .", 1, finding},
			{"aksnetlint explain internal-annotation-value", 0, "internal-annotation-value"},
			{"aksnetlint version", 0, "aksnetlint v1.0.0, "},
		}.run(u.in(t), lines(strings.Join(blocks(t, "Locally", "sh"), "")))
		u.in(t).expect("cat summary.md", 0, "| error | deploy/orders.yaml")
		out, _ := u.in(t).bash("aksnetlint --changed-since HEAD~1")
		if strings.Contains(out, "cluster.json") {
			t.Errorf("--changed-since reports a file that did not change:\n%s", out)
		}
	}) {
		return // the rest needs the program
	}
	t.Run("In Azure Pipelines", func(t *testing.T) { azurePipeline(t, u.in(t)) })
	t.Run("pre-commit", func(t *testing.T) { preCommit(t, u.in(t)) })
}

// in is the same user in another test.
func (u *user) in(t *testing.T) *user { return &user{t: t, repo: u.repo, env: u.env} }

// azurePipeline runs the scripts of the documented pipeline, step by step.
func azurePipeline(t *testing.T, u *user) {
	var pipeline struct {
		Steps []struct {
			Bash string         `yaml:"bash"`
			Rest map[string]any `yaml:",inline"`
		} `yaml:"steps"`
	}
	if err := yaml.Unmarshal([]byte(block(t, "In Azure Pipelines", "yaml")), &pipeline); err != nil {
		t.Fatal(err)
	}
	var scripts []string
	for _, step := range pipeline.Steps {
		if step.Bash != "" {
			scripts = append(scripts, step.Bash)
		}
	}
	if len(scripts) != 2 {
		t.Fatalf("the pipeline has the scripts %q, want one that installs and one that runs", scripts)
	}
	u.expect(scripts[0], 0, "")
	u.expect(scripts[1], 1, "##vso[task.logissue type=error;sourcepath=deploy/orders.yaml;linenumber=8;")
	u.expect(`cat "$AGENT_TEMPDIRECTORY/aksnetlint.xml"`, 0, "<testsuite")
}

// preCommit installs the hook, runs it, and sees it refuse a commit.
func preCommit(t *testing.T, u *user) {
	if _, err := exec.LookPath("pre-commit"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("pre-commit is not installed")
		}
		t.Skip("pre-commit is not installed")
	}
	write(t, filepath.Join(u.repo, ".pre-commit-config.yaml"), []byte(block(t, "pre-commit", "yaml")))
	u.expect("git add --all", 0, "")
	expected{
		{"pre-commit install", 0, "pre-commit installed at .git/hooks/pre-commit"},
		{"pre-commit run aksnetlint --all-files", 1, "deploy/orders.yaml:8:62: error: "},
	}.run(u, lines(block(t, "pre-commit", "sh")))
	u.expect("git commit --message 'Lint the network'", 1, "deploy/orders.yaml:8:62: error: ")
	u.expect(`sed -i.bak 's/"True"/"true"/' deploy/orders.yaml && sed -i.bak 's/10.1.0.10/10.0.0.10/' infra/cluster.json && rm */*.bak`, 0, "")
	u.expect("git add --all && git commit --message 'Lint the network'", 0, "Passed")
}
