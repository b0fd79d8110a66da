package linter

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// changedLines are the lines of a file that a change touches; all of a new file.
type changedLines struct {
	all    bool
	ranges [][2]int
}

func (c changedLines) has(line int) bool {
	for _, r := range c.ranges {
		if line >= r[0] && line <= r[1] {
			return true
		}
	}
	return c.all
}

// changedSince asks git what the working tree changes against a revision, by
// absolute path. Only findings in these files are reported; a finding in
// such a file counts wherever it stands, since a change of one line can break
// another.
func changedSince(ctx context.Context, dir, revision string) (map[string]changedLines, error) {
	if strings.HasPrefix(revision, "-") {
		return nil, fmt.Errorf("--changed-since %q: not a revision", revision)
	}
	top, err := git(ctx, dir, "rev-parse", "--show-toplevel")
	if err != nil {
		return nil, err
	}
	root := strings.TrimSpace(string(top))
	if base, err := git(ctx, dir, "merge-base", revision, "HEAD"); err == nil {
		// What the other branch did since is not this one's change.
		revision = strings.TrimSpace(string(base))
	}
	diff, err := git(ctx, root, "-c", "core.quotepath=off", "diff", "--unified=0", "--no-color", "--no-ext-diff", "--no-textconv", "--no-renames",
		"--src-prefix=a/", "--dst-prefix=b/", "--ignore-submodules", revision, "--")
	if err != nil {
		return nil, err
	}
	changed, err := parseDiff(root, diff)
	if err != nil {
		return nil, err
	}
	untracked, err := git(ctx, root, "ls-files", "--others", "--exclude-standard", "-z")
	if err != nil {
		return nil, err
	}
	for name := range strings.SplitSeq(string(untracked), "\x00") {
		if name != "" {
			changed[filepath.Join(root, filepath.FromSlash(name))] = changedLines{all: true}
		}
	}
	return changed, nil
}

// parseDiff reads the new files and line ranges of a unified diff without context.
func parseDiff(root string, diff []byte) (map[string]changedLines, error) {
	changed := map[string]changedLines{}
	current, body := "", 0
	scanner := bufio.NewScanner(bytes.NewReader(diff))
	scanner.Buffer(nil, maxFileSize)
	for scanner.Scan() {
		line := scanner.Text()
		switch {
		case body > 0:
			// A line of the files, whatever it looks like.
			if !strings.HasPrefix(line, `\`) {
				body--
			}
		case strings.HasPrefix(line, "+++ "):
			current = diffName(root, line[len("+++ "):])
			if current != "" {
				changed[current] = changedLines{}
			}
		case strings.HasPrefix(line, "@@ "):
			h, ok := parseHunk(line)
			if !ok {
				return nil, fmt.Errorf("asking git for changes: cannot read %q", cut(line, 100))
			}
			body = h.removed + h.added
			if c, ok := changed[current]; ok {
				c.ranges = append(c.ranges, h.touched())
				changed[current] = c
			}
		}
	}
	if err := scanner.Err(); err != nil {
		return nil, fmt.Errorf("asking git for changes: %w", err)
	}
	return changed, nil
}

// diffName is the path of the new file of a diff, empty for a deleted one.
func diffName(root, name string) string {
	if unquoted, err := strconv.Unquote(name); err == nil {
		name = unquoted
	}
	name, ok := strings.CutPrefix(strings.TrimSuffix(name, "\t"), "b/")
	if !ok {
		return ""
	}
	return filepath.Join(root, filepath.FromSlash(name))
}

// hunk is the head of a hunk: the first of the new lines, and how many lines
// are removed and added.
type hunk struct{ first, removed, added int }

// touched are the new lines that a hunk changes; for one that only removes, the
// lines on both sides.
func (h hunk) touched() [2]int {
	if h.added == 0 {
		return [2]int{h.first, h.first + 1}
	}
	return [2]int{h.first, h.first + h.added - 1}
}

// parseHunk reads @@ -1,2 +3,4 @@; a length of 1 is left out.
func parseHunk(line string) (h hunk, ok bool) {
	fields := strings.Fields(line)
	if len(fields) < 3 {
		return hunk{}, false
	}
	_, h.removed, ok = parseLines(strings.TrimPrefix(fields[1], "-"))
	if !ok {
		return hunk{}, false
	}
	h.first, h.added, ok = parseLines(strings.TrimPrefix(fields[2], "+"))
	return h, ok
}

func parseLines(text string) (first, n int, ok bool) {
	start, length, hasLength := strings.Cut(text, ",")
	first, err := strconv.Atoi(start)
	if err != nil {
		return 0, 0, false
	}
	if !hasLength {
		return first, 1, true
	}
	n, err = strconv.Atoi(length)
	return first, n, err == nil
}

// folder is where the run begins: the folder of the first path.
func (r *run) folder() string {
	if len(r.paths) == 0 || r.paths[0] == "-" {
		return "."
	}
	if info, err := os.Stat(r.paths[0]); err == nil && !info.IsDir() {
		return filepath.Dir(r.paths[0])
	}
	return r.paths[0]
}

func git(ctx context.Context, dir string, args ...string) ([]byte, error) {
	// The file system monitor of a repository is a program of its choice.
	cmd := exec.CommandContext(ctx, "git", append([]string{"-c", "core.fsmonitor=false"}, args...)...)
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) && len(exit.Stderr) > 0 {
			err = errors.New(strings.TrimSpace(string(exit.Stderr)))
		}
		return nil, fmt.Errorf("asking git for changes: %w", err)
	}
	return out, nil
}

// applyChanged takes out the findings that the change does not touch.
func applyChanged(findings []Finding, changed map[string]changedLines, linesOnly bool) (kept []Finding, suppressed []Suppressed) {
	kept = []Finding{}
	for _, f := range findings {
		if touches(f, changed, linesOnly) {
			kept = append(kept, f)
			continue
		}
		suppressed = append(suppressed, Suppressed{Finding: f, By: "unchanged", Reason: "the change does not touch it"})
	}
	return kept, suppressed
}

// touches says whether a finding, or a place that it relates to, is in the change.
func touches(f Finding, changed map[string]changedLines, linesOnly bool) bool {
	places := []Place{f.Place}
	for _, r := range f.Related {
		places = append(places, r.Place)
	}
	for _, p := range places {
		abs, err := filepath.Abs(filepath.FromSlash(p.File))
		if err != nil {
			continue
		}
		if real, err := filepath.EvalSymlinks(abs); err == nil {
			abs = real
		}
		if c, ok := changed[abs]; ok && (!linesOnly || c.has(p.Line)) {
			return true
		}
	}
	return false
}
