package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter"
	"github.com/aksnetlint/aksnetlint/linter/fix"
)

// judge makes the report, and with --fix or --diff applies the fixes or shows
// them.
func (c *command) judge(ctx context.Context, flags *lintFlags, opts linter.Options, paths []string) (*linter.Report, error) {
	if !flags.fix && !flags.diff {
		opts.Fixes = slices.ContainsFunc(flags.outputs, showsFixes)
		return linter.Run(ctx, opts, paths...)
	}
	result, err := fix.Run(ctx, opts, paths...)
	if err != nil {
		return nil, err
	}
	if flags.diff {
		return result.Before, fix.Diff(c.diffOutput(), result.Changes)
	}
	return result.After, c.writeFixes(result)
}

// showsFixes says whether an output format has a place for the edits.
func showsFixes(output string) bool {
	name, _, _ := strings.Cut(output, "=")
	return name == "json" || name == "sarif"
}

func (c *command) writeFixes(result *fix.Result) error {
	var errs []error
	written := 0
	for _, change := range result.Changes {
		if change.File == linter.StdinName {
			errs = append(errs, errors.New("--fix: standard input has no file to write; --diff shows the change"))
			continue
		}
		if err := change.Write(); err != nil {
			errs = append(errs, err)
			continue
		}
		written++
	}
	if written > 0 {
		fmt.Fprintf(c.stderr, "aksnetlint: fixed %s in %s\n", counted(result.Fixed, "finding"), counted(written, "file"))
	}
	return errors.Join(errs...)
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
