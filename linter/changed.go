package linter

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
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
	diff, err := git(ctx, dir, "-c", "core.quotepath=off", "diff", "--unified=0", "--no-color", "--no-ext-diff", "--no-textconv", "--no-renames", revision, "--")
	if err != nil {
		return nil, err
	}
	changed := parseDiff(root, diff)
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
func parseDiff(root string, diff []byte) map[string]changedLines {
	changed := map[string]changedLines{}
	current := ""
	scanner := bufio.NewScanner(bytes.NewReader(diff))
	scanner.Buffer(nil, maxFileSize)
	for scanner.Scan() {
		line := scanner.Text()
		switch {
		case strings.HasPrefix(line, "+++ b/"):
			current = filepath.Join(root, filepath.FromSlash(strings.TrimSuffix(line[len("+++ b/"):], "\t")))
			changed[current] = changedLines{}
		case strings.HasPrefix(line, "+++ "):
			current = ""
		case strings.HasPrefix(line, "@@ ") && current != "":
			if first, last, ok := parseHunk(line); ok {
				c := changed[current]
				c.ranges = append(c.ranges, [2]int{first, last})
				changed[current] = c
			}
		}
	}
	return changed
}

// parseHunk reads the range of new lines of a hunk: @@ -1,2 +3,4 @@.
func parseHunk(line string) (first, last int, ok bool) {
	_, rest, found := strings.Cut(line, " +")
	if !found {
		return 0, 0, false
	}
	span, _, _ := strings.Cut(rest, " ")
	start, length, hasLength := strings.Cut(span, ",")
	first, err := strconv.Atoi(start)
	if err != nil {
		return 0, 0, false
	}
	n := 1
	if hasLength {
		if n, err = strconv.Atoi(length); err != nil {
			return 0, 0, false
		}
	}
	return first, first + n - 1, true
}

func git(ctx context.Context, dir string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "git", args...)
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
