package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/aksnetlint/aksnetlint/linter"
)

func (c *command) rulesCheckCommand() *cobra.Command {
	flags := &rulesFlags{}
	cmd := &cobra.Command{
		Use:   "check DIR|BUNDLE ...",
		Short: "Check rules of your own without running them",
		Long: `Check parses and compiles the rules, checks their types against the schemas of
the input and their METADATA against the contract, and lists every problem
with its place. Exit code: 0 nothing is wrong, 2 something is.`,
		Example: `  aksnetlint rules check policies/network`,
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, paths []string) error {
			opts := linter.Options{Cache: cacheFolder()}
			if err := flags.apply(&opts, c); err != nil {
				return err
			}
			opts.Rules = append(opts.Rules, paths...)
			rules, err := linter.Rules(cmd.Context(), opts)
			if err != nil {
				return err
			}
			custom := 0
			for _, r := range rules {
				if r.Custom {
					custom++
				}
			}
			_, err = fmt.Fprintf(c.stdout, "%d rules checked, nothing is wrong\n", custom)
			return err
		},
	}
	flags.register(cmd)
	return cmd
}
