package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aksnetlint/aksnetlint/linter/ruletest"
)

func (c *command) initRuleCommand() *cobra.Command {
	var target, dir string
	cmd := &cobra.Command{
		Use:   "rule NAME",
		Short: "Write a rule with its tests and cases, which pass at once",
		Example: `  aksnetlint init rule owner-label --target Service --dir policies/network
  aksnetlint test policies/network`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			files, err := ruletest.Scaffold(args[0], target)
			if err != nil {
				return err
			}
			if err := os.MkdirAll(dir, 0o755); err != nil {
				return fmt.Errorf("writing the rule: %w", err)
			}
			for _, f := range files {
				path := filepath.Join(dir, f.Name)
				if err := writeNew(path, f.Text); err != nil {
					return fmt.Errorf("writing the rule: %w", err)
				}
				fmt.Fprintln(c.stdout, filepath.ToSlash(path))
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&target, "target", "Service", "`kind` that the rule judges: "+strings.Join(slices.Sorted(slices.Values(ruletest.Targets())), ", ")+", or any other kind, group/Kind or resource type")
	cmd.Flags().StringVar(&dir, "dir", ".", "`folder` to write to")
	return cmd
}

// writeNew writes a file that must not be there yet.
func writeNew(path, text string) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = file.WriteString(text)
	return errors.Join(err, file.Close())
}
