package tools

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// all are the annotations of the whole repository.
var all = []string{
	"error deploy/orders.yaml:8 internal-annotation-value",
	"error infra/cluster.json:21 dns-ip",
	"notice deploy/invoices.yaml:10 loadbalancerip-deprecated",
	"notice deploy/storefront.yaml:9 pod-cidr-missing-in-ranges",
	"notice infra/cluster.json:11 api-server-open",
}

func pullRequest(base string, fork bool) map[string]any {
	return map[string]any{
		"number": 7,
		"pull_request": map[string]any{
			"number": 7,
			"base":   map[string]any{"ref": "main", "sha": base},
			"head":   map[string]any{"ref": "topic", "repo": map[string]any{"fork": fork}},
		},
	}
}

func TestActionPublishesFindings(t *testing.T) {
	r := act(t, repository(t, workflow(t, "outputs.yml")), source(t), pullRequest("", false))
	equal(t, "annotations", r.annotations("network"), all)
	if got := r.result("network"); got != "failure" {
		t.Errorf("the job ends with %q, want failure: there are errors", got)
	}
	want := map[string]string{"findings": "5", "errors": "2", "sarif": "aksnetlint.sarif"}
	got := r.outputs("network", "aksnetlint")
	for name, value := range want {
		if got[name] != value {
			t.Errorf("output %s is %q, want %q", name, got[name], value)
		}
	}
	head, sarif, _ := strings.Cut(r.printed("network"), "{\n")
	if want := "findings=5 errors=2 sarif=aksnetlint.sarif"; !strings.Contains(head, want) {
		t.Errorf("a later step printed %q, want %q", head, want)
	}
	if n := sarifResults(t, "{\n"+sarif); n != 6 {
		t.Errorf("the SARIF file has %d results, want 6: five findings, one suppressed", n)
	}
	summary := r.summary("network")
	for _, want := range []string{"2 errors, 0 warnings, 3 notes", "| error | deploy/orders.yaml&#58;8&#58;62 |", "| error | infra/cluster.json&#58;21&#58;27 |"} {
		if !strings.Contains(summary, want) {
			t.Errorf("the summary has no %q:\n%s", want, summary)
		}
	}
}

func TestActionThresholds(t *testing.T) {
	r := act(t, repository(t, workflow(t, "thresholds.yml")), source(t), pullRequest("", false))
	note := []string{"notice deploy/invoices.yaml:10 loadbalancerip-deprecated"}
	for _, test := range []struct {
		job, result string
		annotations []string
		summary     bool
		sarif       string
	}{
		{job: "never", result: "success", annotations: all},
		{job: "error", result: "success", annotations: note, summary: true, sarif: "aksnetlint.sarif"},
		{job: "note", result: "failure", annotations: note, summary: true, sarif: "aksnetlint.sarif"},
	} {
		t.Run(test.job, func(t *testing.T) {
			if got := r.result(test.job); got != test.result {
				t.Errorf("the job ends with %q, want %q\n%s", got, test.result, r.log)
			}
			equal(t, "annotations", r.annotations(test.job), test.annotations)
			if got := r.summary(test.job) != ""; got != test.summary {
				t.Errorf("a summary: %v, want %v", got, test.summary)
			}
			if got := r.outputs(test.job, "1")["sarif"]; got != test.sarif {
				t.Errorf("output sarif %q, want %q", got, test.sarif)
			}
		})
	}
}

func TestActionRefusesInputs(t *testing.T) {
	r := act(t, repository(t, workflow(t, "inputs.yml")), source(t), pullRequest("", false))
	for job, want := range map[string]string{
		"boolean": `changed-only "yes": want true or false`,
		"version": `version "1": want a release such as v1.2.3, or source`,
	} {
		if got := r.message(job, "aksnetlint"); got != want {
			t.Errorf("job %s says %q, want %q", job, got, want)
		}
		if got := r.result(job); got != "failure" {
			t.Errorf("job %s ends with %q, want failure", job, got)
		}
	}
	if got := r.printed("command"); r.result("command") != "success" || !strings.Contains(got, "nothing was pasted") {
		t.Errorf("an input was run as a command, or taken as a flag:\n%s", got)
	}
}

// merged makes the merge commit of a pull request that changes one file, on a
// branch whose base has moved on since, and returns the base of the event.
func merged(t *testing.T, repo string) (base string) {
	t.Helper()
	base = command(t, repo, "git", "rev-parse", "HEAD")
	git(t, repo, "checkout", "--quiet", "-b", "topic")
	orders := filepath.Join(repo, "deploy", "orders.yaml")
	data, err := os.ReadFile(orders)
	if err != nil {
		t.Fatal(err)
	}
	write(t, orders, []byte(strings.Replace(string(data), "port: 443", "port: 8443", 1)))
	commit(t, repo, "Move the port of orders")
	git(t, repo, "checkout", "--quiet", "main")
	// Somebody else's change, which is no part of the pull request.
	invoices := filepath.Join(repo, "deploy", "invoices.yaml")
	if data, err = os.ReadFile(invoices); err != nil {
		t.Fatal(err)
	}
	write(t, invoices, append(data, "      name: https\n"...))
	commit(t, repo, "Name the port of invoices")
	git(t, repo, "checkout", "--quiet", "--detach")
	git(t, repo, "merge", "--quiet", "--no-ff", "--message", "Merge topic", "topic")
	return base
}

// TestExamplePullRequest runs the example of the documentation on a pull
// request that changes one file.
func TestExamplePullRequest(t *testing.T) {
	example := block(t, "In a pull request", "yaml")
	only := []string{"error deploy/orders.yaml:8 internal-annotation-value"}
	uploaded := "uploaded aksnetlint.sarif as aksnetlint"
	for _, test := range []struct {
		name  string
		clone []string
		fork  bool
	}{
		{name: "branch"},
		{name: "fork without permissions", fork: true},
		{name: "checkout with the merge commit only", clone: []string{"--depth=1"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			repo := repository(t, []byte(example))
			base := merged(t, repo)
			if test.clone != nil {
				repo = clone(t, repo, test.clone...)
			}
			r := act(t, repo, source(t), pullRequest(base, test.fork))
			equal(t, "annotations", r.annotations("aksnetlint"), only)
			if got := r.result("aksnetlint"); got != "failure" {
				t.Errorf("the job ends with %q, want failure", got)
			}
			if got := r.outputs("aksnetlint", "aksnetlint")["findings"]; got != "1" {
				t.Errorf("output findings is %q, want 1", got)
			}
			if !strings.Contains(r.summary("aksnetlint"), "1 error, 0 warnings, 0 notes") {
				t.Errorf("the summary does not have the one error:\n%s", r.summary("aksnetlint"))
			}
			if got := strings.Contains(r.printed("aksnetlint"), uploaded); got == test.fork {
				t.Errorf("SARIF uploaded: %v; it must be, but from a fork", got)
			}
			told := strings.Join(strings.Fields(strings.NewReplacer("|", "", "+", "").Replace(block(t, "What a reviewer sees", ""))), " ")
			if message := r.message("aksnetlint", "internal-annotation-value"); message == "" || !strings.Contains(told, message) {
				t.Errorf("the documentation does not show the annotation %q:\n%s", message, told)
			}
		})
	}
}

// TestActionWithoutBase says what to do where the base cannot be had.
func TestActionWithoutBase(t *testing.T) {
	repo := repository(t, []byte(block(t, "In a pull request", "yaml")))
	r := act(t, repo, source(t), pullRequest(strings.Repeat("0", 39)+"1", false))
	if got := r.message("aksnetlint", "aksnetlint"); !strings.Contains(got, "set fetch-depth: 0") {
		t.Errorf("the action says %q\n%s", got, r.log)
	}
	if got := r.annotations("aksnetlint"); len(got) != 0 || r.result("aksnetlint") != "failure" {
		t.Errorf("the job ends with %q and %v, want failure without findings", r.result("aksnetlint"), got)
	}
}

// clone clones a repository with what is checked out in it, as actions/checkout does.
func clone(t *testing.T, repo string, args ...string) string {
	t.Helper()
	dir := t.TempDir()
	git(t, repo, "branch", "--force", "merge", "HEAD")
	command(t, dir, "git", append(append([]string{"clone", "--quiet", "--branch", "merge"}, args...), "file://"+repo, dir)...)
	return dir
}

func sarifResults(t *testing.T, text string) int {
	t.Helper()
	var log struct {
		Runs []struct {
			Results []json.RawMessage `json:"results"`
		} `json:"runs"`
	}
	if err := json.NewDecoder(strings.NewReader(text)).Decode(&log); err != nil || len(log.Runs) != 1 {
		t.Fatalf("the SARIF file cannot be read: %v\n%s", err, text)
	}
	return len(log.Runs[0].Results)
}

func equal(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n  %s\nwant:\n  %s", what, strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}
