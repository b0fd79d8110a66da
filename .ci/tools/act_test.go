package tools

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The refs under which workflows use the action, and code scanning's.
const (
	actionRef = "aksnetlint/aksnetlint@v1"
	uploadRef = "github/codeql-action@5d4e8d1aca955e8d8589aabd499c5cae939e33c7"
)

// run is what the JSON log of one run of act says.
type run struct {
	entries []entry
	log     string
}

// entry is one line of act's log. Annotations, outputs and summaries are entries
// with a command.
type entry struct {
	JobID     string            `json:"jobID"`
	StepID    []string          `json:"stepID"`
	Msg       string            `json:"msg"`
	RawOutput bool              `json:"raw_output"`
	Command   string            `json:"command"`
	Arg       string            `json:"arg"`
	Name      string            `json:"name"`
	Content   string            `json:"content"`
	Props     map[string]string `json:"kvPairs"`
	JobResult string            `json:"jobResult"`
}

// annotations are the annotations of a job, as "level file:line rule".
func (r run) annotations(job string) []string {
	var found []string
	for _, e := range r.entries {
		if e.JobID == job && slices.Contains([]string{"error", "warning", "notice"}, e.Command) && e.Props["file"] != "" {
			found = append(found, e.Command+" "+e.Props["file"]+":"+e.Props["line"]+" "+e.Props["title"])
		}
	}
	slices.Sort(found)
	return found
}

// message is the text of the first annotation of a job with a title.
func (r run) message(job, title string) string {
	for _, e := range r.entries {
		if e.JobID == job && e.Props["title"] == title {
			return e.Arg
		}
	}
	return ""
}

// outputs are the outputs that a step of a job sets; act logs those of inner
// steps with a longer id.
func (r run) outputs(job, step string) map[string]string {
	set := map[string]string{}
	for _, e := range r.entries {
		if e.JobID == job && e.Command == "set-output" && slices.Equal(e.StepID, []string{step}) {
			set[e.Name] = e.Arg
		}
	}
	return set
}

func (r run) summary(job string) string {
	for _, e := range r.entries {
		if e.JobID == job && e.Command == "summary" {
			return e.Content
		}
	}
	return ""
}

func (r run) result(job string) string {
	for _, e := range r.entries {
		if e.JobID == job && e.JobResult != "" {
			return e.JobResult
		}
	}
	return ""
}

// printed is what the commands of a job wrote.
func (r run) printed(job string) string {
	var b strings.Builder
	for _, e := range r.entries {
		if e.JobID == job && e.RawOutput {
			b.WriteString(e.Msg)
		}
	}
	return b.String()
}

// projectRoot is the root of the project's checkout.
func projectRoot(t *testing.T) string {
	t.Helper()
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// command runs a program in a folder and returns what it printed.
func command(t *testing.T, dir, name string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir = dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s%s", name, strings.Join(args, " "), err, out, stderr.Bytes())
	}
	return strings.TrimSpace(string(out))
}

// source copies the project's files, as a checkout of the action has them:
// without what git ignores.
func source(t *testing.T) string {
	t.Helper()
	root, dir := projectRoot(t), t.TempDir()
	for name := range strings.SplitSeq(command(t, root, "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"), "\x00") {
		if name == "" {
			continue
		}
		data, err := os.ReadFile(filepath.Join(root, name))
		if os.IsNotExist(err) {
			continue // deleted in the working tree, not yet in the index
		}
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, name), data)
	}
	return dir
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// repository makes a git repository of testdata/action/repository with one
// commit on main and the given workflow.
func repository(t *testing.T, workflow []byte) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(projectRoot(t), "testdata", "action", "repository"))); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, ".github", "workflows", "aks-network.yml"), workflow)
	command(t, dir, "git", "init", "--quiet", "--initial-branch=main")
	commit(t, dir, "The shop")
	return dir
}

// commit commits everything and returns the commit's name.
func commit(t *testing.T, dir, message string) string {
	t.Helper()
	command(t, dir, "git", "add", "--all")
	git(t, dir, "commit", "--quiet", "--allow-empty", "--message", message)
	return command(t, dir, "git", "rev-parse", "HEAD")
}

// git runs git as somebody, since a new machine has no name for commits.
func git(t *testing.T, dir string, args ...string) {
	t.Helper()
	command(t, dir, "git", append([]string{"-c", "user.name=Test", "-c", "user.email=test@example.com"}, args...)...)
}

// workflow reads a workflow of testdata/action/workflows.
func workflow(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(projectRoot(t), "testdata", "action", "workflows", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// act runs the workflow of a repository for a pull request. The action is the
// project's source, upload-sarif a stand-in, and nothing can be fetched: what needs
// the network fails.
func act(t *testing.T, repo, action string, event map[string]any) run {
	t.Helper()
	payload, err := json.Marshal(event)
	if err != nil {
		t.Fatal(err)
	}
	home := t.TempDir()
	write(t, filepath.Join(home, "event.json"), payload)
	cmd := exec.CommandContext(t.Context(), command(t, ".", "go", "tool", "-n", "act"), "pull_request",
		"-P", "ubuntu-latest=-self-hosted", "--no-cache-server", "--json", "--concurrent-jobs", "1",
		"-e", filepath.Join(home, "event.json"),
		"--local-repository", actionRef+"="+action,
		"--local-repository", uploadRef+"="+filepath.Join(projectRoot(t), "testdata", "action", "codeql-action"),
		"--env", "GOPROXY=off", "--env", "HTTPS_PROXY=http://127.0.0.1:9", "--env", "HTTP_PROXY=http://127.0.0.1:9")
	cmd.Dir = repo
	cmd.Env = append(os.Environ(), "HOME="+home, "XDG_CACHE_HOME="+home, "XDG_CONFIG_HOME="+home, "GITHUB_TOKEN=",
		"GOCACHE="+command(t, ".", "go", "env", "GOCACHE"), "GOMODCACHE="+command(t, ".", "go", "env", "GOMODCACHE"))
	// The exit code says whether a job failed, which the log says by job.
	out, _ := cmd.CombinedOutput()
	return read(t, out)
}

func read(t *testing.T, log []byte) run {
	t.Helper()
	r := run{log: string(log)}
	finished := false
	scanner := bufio.NewScanner(bytes.NewReader(log))
	scanner.Buffer(nil, 16<<20)
	for scanner.Scan() {
		var e entry
		if json.Unmarshal(scanner.Bytes(), &e) != nil {
			continue // act's own last words are not JSON
		}
		r.entries = append(r.entries, e)
		finished = finished || e.JobResult != ""
	}
	if !finished {
		t.Fatalf("act finished no job:\n%s", log)
	}
	return r
}
