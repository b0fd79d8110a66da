// Command bench compares the speed and the memory of aksnetlint, with all its
// built-in rules, with those of conftest, with one rule, over corpora that it
// makes itself. docs/performance.md says how to read what it prints.
//
// As "bench measure PROGRAM ARGUMENT..." it runs one program and prints what
// that used; it calls itself so to keep its own size out of the figures.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"

	"github.com/aksnetlint/aksnetlint/internal/bench/corpus"
)

// settings are the flags.
type settings struct {
	rounds     int
	cases      []benchCase
	dir        string
	aksnetlint string
	conftest   string
	markdown   string
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	var err error
	if len(os.Args) > 2 && os.Args[1] == "measure" {
		err = measure(ctx, os.Args[2:], os.Stdout)
	} else {
		err = bench(ctx, os.Args[1:])
	}
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// bench is the whole comparison.
func bench(ctx context.Context, args []string) error {
	s, err := parseFlags(args)
	if err != nil {
		return err
	}
	if s.dir == "" {
		if s.dir, err = os.MkdirTemp("", "aksnetlint-bench-"); err != nil {
			return fmt.Errorf("making a work folder: %w", err)
		}
		defer os.RemoveAll(s.dir)
	}
	if s.dir, err = filepath.Abs(s.dir); err != nil {
		return fmt.Errorf("finding the work folder: %w", err)
	}
	// A release carries its rules compiled. What is built from a checkout keeps
	// them in this cache from its first run on, which is not measured.
	if err := os.Setenv("AKSNETLINT_CACHE", filepath.Join(s.dir, "cache")); err != nil {
		return fmt.Errorf("setting the cache of rules: %w", err)
	}
	tools, err := prepareTools(ctx, s)
	if err != nil {
		return err
	}
	var results []result
	for _, c := range s.cases {
		size, err := writeCorpus(ctx, c, s.dir)
		if err != nil {
			return err
		}
		progress("%s: %d rounds", c.corpus.Name, c.roundsOf(s.rounds))
		r, err := compare(ctx, c, tools, s.dir, c.roundsOf(s.rounds))
		if err != nil {
			return fmt.Errorf("measuring %s: %w", c.corpus.Name, err)
		}
		r.size = size
		results = append(results, r)
	}
	machine := describeMachine()
	fmt.Print(machine, "\n\n", textTable(results), "\n", notes(results))
	if s.markdown != "" {
		return updateMarkdown(s.markdown, machine+"\n\n"+markdownTables(results))
	}
	return nil
}

func parseFlags(args []string) (settings, error) {
	var s settings
	var names string
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.IntVar(&s.rounds, "rounds", 9, "`number` of rounds; the smallest case has three times as many, the largest a third")
	flags.StringVar(&names, "cases", strings.Join(caseNames(), ","), "`names` of the cases, with commas between them")
	flags.StringVar(&s.dir, "dir", "", "work `folder`, which is kept (default a temporary one)")
	flags.StringVar(&s.aksnetlint, "aksnetlint", "", "aksnetlint `binary` to measure (default: the module at hand is built as it is released)")
	flags.StringVar(&s.conftest, "conftest", "", "conftest `binary` to compare with (default: "+conftestVersion+" is built from its module)")
	flags.StringVar(&s.markdown, "markdown", "", "`file` to write the tables to, between the markers in it")
	if err := flags.Parse(args); err != nil {
		return s, err
	}
	if flags.NArg() > 0 {
		return s, fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	if s.rounds < 1 {
		return s, fmt.Errorf("%d rounds measure nothing", s.rounds)
	}
	var err error
	s.cases, err = findCases(strings.Split(names, ","))
	return s, err
}

// writeCorpus makes the corpus of the case below the work folder, anew, so
// that an earlier one of another seed or generator leaves nothing behind.
func writeCorpus(ctx context.Context, c benchCase, dir string) (int64, error) {
	folder := filepath.Join(dir, c.corpus.Name)
	if err := os.RemoveAll(folder); err != nil {
		return 0, fmt.Errorf("clearing %s: %w", folder, err)
	}
	return c.corpus.Write(ctx, folder, corpus.Seed)
}

func progress(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "bench: "+format+"\n", args...)
}
