package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/aksnetlint/aksnetlint/linter"
)

// rulesFlags are the flags that name rules beside the built-in ones.
type rulesFlags struct {
	paths      []string
	key        string
	allowFetch bool
}

func (f *rulesFlags) register(cmd *cobra.Command) {
	fs := cmd.Flags()
	fs.Var((*listFlag)(&f.paths), "rules", "`folder` or bundle (.tar.gz) of rules of your own (repeatable)")
	fs.StringVar(&f.key, "rules-key", "", "`file` with the PEM public key that the rules must be signed for")
	fs.BoolVar(&f.allowFetch, "allow-fetch", false, "let --rules be https://… or oci://…, pinned by @sha256:DIGEST")
}

// apply writes the flags into the options. What rules print goes to standard
// error.
func (f *rulesFlags) apply(opts *linter.Options, c *command) error {
	opts.Rules, opts.AllowFetch = f.paths, f.allowFetch
	if f.key != "" {
		key, err := os.ReadFile(f.key)
		if err != nil {
			return fmt.Errorf("reading the key of the rules: %w", err)
		}
		opts.RulesKey = key
	}
	opts.Print = func(place, text string) { fmt.Fprintln(c.stderr, logLine(place+": "+text)) }
	return nil
}
