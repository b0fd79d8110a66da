package fix

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/aksnetlint/aksnetlint/linter"
)

// maxRounds bounds how often what was fixed is judged again: fixes that meet in
// one place are applied one after the other.
const maxRounds = 10

// maxStdin bounds standard input in bytes.
const maxStdin = 64 << 20

// Result is the outcome of fixing.
type Result struct {
	// Before and After are the reports on the texts as they were and as they
	// are with all fixes.
	Before, After *linter.Report
	// Changes are the files that differ, by name.
	Changes []Change
	// Fixed counts the fixes that were applied.
	Fixed int
}

// Change is one file before and after.
type Change struct {
	// File is the path as reports show it.
	File          string
	Before, After []byte
}

// Run judges what is below the paths, applies all fixes in memory and judges
// again, until there is nothing left to fix. No file is written.
func Run(ctx context.Context, opts linter.Options, paths ...string) (*Result, error) {
	opts.Fixes = true
	texts := maps.Clone(opts.Overlay)
	if texts == nil {
		texts = map[string][]byte{}
	}
	opts.Overlay = texts
	if err := keepStdin(opts.Stdin, paths, texts); err != nil {
		return nil, err
	}
	l, err := linter.New(ctx, opts)
	if err != nil {
		return nil, err
	}
	return rounds(ctx, l, texts, paths)
}

// rounds judges and fixes in turns. texts is the overlay of the linter.
func rounds(ctx context.Context, l *linter.Linter, texts map[string][]byte, paths []string) (*Result, error) {
	result := &Result{}
	originals := map[string][]byte{}
	for range maxRounds {
		report, err := l.Run(ctx, paths...)
		if err != nil {
			return nil, fmt.Errorf("fixing: %w", err)
		}
		if result.Before == nil {
			result.Before = report
		}
		result.After = report
		changed, fixed := Apply(report)
		if fixed == 0 {
			break
		}
		result.Fixed += fixed
		for file, text := range changed {
			if _, known := originals[file]; !known {
				originals[file] = report.Sources[file]
			}
			texts[file] = text
		}
	}
	for _, file := range slices.Sorted(maps.Keys(originals)) {
		if !bytes.Equal(originals[file], texts[file]) {
			result.Changes = append(result.Changes, Change{file, originals[file], texts[file]})
		}
	}
	return result, nil
}

// keepStdin reads standard input once, where a path asks for it, to be judged
// in every round.
func keepStdin(stdin io.Reader, paths []string, texts map[string][]byte) error {
	if stdin == nil || !slices.Contains(paths, "-") {
		return nil
	}
	text, err := io.ReadAll(io.LimitReader(stdin, maxStdin+1))
	if err != nil {
		return fmt.Errorf("reading standard input: %w", err)
	}
	if len(text) > maxStdin {
		return fmt.Errorf("standard input is larger than %d MiB", maxStdin>>20)
	}
	texts[linter.StdinName] = text
	return nil
}

// Apply applies the fixes of a report to its texts, most severe finding first.
// Each is applied whole or, where it overlaps one before it, not at all. It
// returns the texts that changed by file, and the number of fixes.
func Apply(report *linter.Report) (texts map[string][]byte, fixed int) {
	accepted := map[string][]linter.Edit{}
	findings := slices.Clone(report.Findings)
	slices.SortStableFunc(findings, linter.MoreSevere)
	var seen [][]linter.Edit
	for _, f := range findings {
		if len(f.Fixes) == 0 {
			continue
		}
		if slices.ContainsFunc(seen, func(edits []linter.Edit) bool { return slices.Equal(edits, f.Fixes) }) {
			fixed++
			continue
		}
		if slices.ContainsFunc(f.Fixes, func(e linter.Edit) bool { return overlapsAny(e, accepted[e.File]) }) {
			continue
		}
		for _, e := range f.Fixes {
			accepted[e.File] = append(accepted[e.File], e)
		}
		seen = append(seen, f.Fixes)
		fixed++
	}
	texts = map[string][]byte{}
	for file, edits := range accepted {
		texts[file] = applied(report.Sources[file], edits)
	}
	return texts, fixed
}

// overlapsAny says whether two edits touch the same bytes or the same gap.
func overlapsAny(e linter.Edit, edits []linter.Edit) bool {
	return slices.ContainsFunc(edits, func(other linter.Edit) bool {
		return e.Start <= other.End && other.Start <= e.End
	})
}

func applied(text []byte, edits []linter.Edit) []byte {
	slices.SortFunc(edits, func(a, b linter.Edit) int { return cmp.Compare(a.Start, b.Start) })
	var out []byte
	at := 0
	for _, e := range edits {
		if e.Start < at || e.End > len(text) {
			continue
		}
		out = append(append(out, text[at:e.Start]...), e.New...)
		at = e.End
	}
	return append(out, text[at:]...)
}
