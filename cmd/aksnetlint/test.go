package main

import (
	"context"
	"fmt"
	"hash/fnv"
	"io/fs"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/aksnetlint/aksnetlint/linter/ruletest"
)

// testFlags are the flags of the test command.
type testFlags struct {
	output      string
	asOf        string
	minCoverage float64
	update      bool
	verbose     bool
	watch       bool
}

func (c *command) testCommand() *cobra.Command {
	flags := &testFlags{}
	cmd := &cobra.Command{
		Use:   "test [DIR ...]",
		Short: "Run the tests of rules of your own",
		Long: `Test runs, for the rules below the folders (default: the current one):

  unit     the test_ rules of *_test.rego files, with coverage
  case     the files in RULE_ID.txtar: bad/NAME is what the rule finds, good/NAME
           is where no rule finds anything, want lists the findings
  unknown  each case again with each value unknown in turn: no finding may appear,
           and one that goes must become undecided

Exit code: 0 all passed, 1 some failed, 2 the rules cannot be loaded.`,
		Example: `  aksnetlint test policies/network
  aksnetlint test --update policies/network   # write what is found into want
  aksnetlint test --watch policies/network
  aksnetlint test -o junit policies/network > tests.xml`,
		RunE: func(cmd *cobra.Command, dirs []string) error {
			if len(dirs) == 0 {
				dirs = []string{"."}
			}
			if flags.output != "text" && flags.output != "junit" {
				return fmt.Errorf("--output %q: want text, junit", flags.output)
			}
			if flags.watch {
				return c.watchTests(cmd.Context(), flags, dirs)
			}
			return c.test(cmd.Context(), flags, dirs)
		},
	}
	fs := cmd.Flags()
	fs.StringVarP(&flags.output, "output", "o", "text", "output `format`: text or junit")
	fs.StringVar(&flags.asOf, "as-of", ruletest.DefaultDate, "`date` (YYYY-MM-DD) that the rules see")
	fs.Float64Var(&flags.minCoverage, "min-coverage", 0, "fail where unit tests cover less than this `percentage`")
	fs.BoolVar(&flags.update, "update", false, "write what the cases find into their want sections")
	fs.BoolVarP(&flags.verbose, "verbose", "v", false, "list the tests that passed")
	fs.BoolVar(&flags.watch, "watch", false, "run again whenever a file changes")
	return cmd
}

func (c *command) test(ctx context.Context, flags *testFlags, dirs []string) error {
	outcome, err := ruletest.Run(ctx, ruletest.Options{Dirs: dirs, AsOf: flags.asOf, Update: flags.update})
	if err != nil {
		return err
	}
	write := func() error { return outcome.WriteText(c.stdout, flags.verbose) }
	if flags.output == "junit" {
		write = func() error { return outcome.WriteJUnit(c.stdout) }
	}
	if err := write(); err != nil {
		return err
	}
	if outcome.Failed() > 0 && !flags.update {
		c.code = exitFindings
	}
	if outcome.Percent() < flags.minCoverage {
		fmt.Fprintf(c.stderr, "aksnetlint: coverage is %.1f %%, less than %.1f %%\n", outcome.Percent(), flags.minCoverage)
		c.code = exitFindings
	}
	return nil
}

// watchInterval is how often the folders are looked at.
const watchInterval = 500 * time.Millisecond

// watchTests runs the tests whenever what is below the folders changes, until
// the context ends.
func (c *command) watchTests(ctx context.Context, flags *testFlags, dirs []string) error {
	ticker := time.NewTicker(watchInterval)
	defer ticker.Stop()
	var last uint64
	for {
		now, err := fingerprint(dirs)
		if err != nil {
			return err
		}
		if now != last {
			last = now
			if err := c.test(ctx, flags, dirs); err != nil {
				c.complain(err)
			}
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ticker.C:
		}
	}
}

// fingerprint changes when a file below the folders does.
func fingerprint(dirs []string) (uint64, error) {
	hash := fnv.New64a()
	for _, dir := range dirs {
		err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			info, err := entry.Info()
			if err == nil {
				fmt.Fprintln(hash, path, info.Size(), info.ModTime().UnixNano())
			}
			return err
		})
		if err != nil {
			return 0, fmt.Errorf("watching %s: %w", dir, err)
		}
	}
	return hash.Sum64(), nil
}
