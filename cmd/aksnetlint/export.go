package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/aksnetlint/aksnetlint/linter"
	"github.com/aksnetlint/aksnetlint/linter/config"
	"github.com/aksnetlint/aksnetlint/linter/gatekeeper"
	"github.com/aksnetlint/aksnetlint/linter/ruletest"
)

func (c *command) exportCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "export", Short: "Write the rules for other tools", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return errors.New("export for what? see aksnetlint export --help")
		}}
	cmd.AddCommand(c.exportGatekeeperCommand())
	return cmd
}

func (c *command) exportGatekeeperCommand() *cobra.Command {
	flags := &rulesFlags{}
	var asOf, configFile string
	cmd := &cobra.Command{
		Use:   "gatekeeper DIR",
		Short: "Write the rules about Kubernetes objects as Gatekeeper policies",
		Long: `Export writes one file for each rule that judges Kubernetes objects by
themselves: a ConstraintTemplate, a Constraint that denies what is an error, and
one that warns of the rest. Rules that join an object to its cluster, or judge ARM
templates, are left out and listed. Gatekeeper 3.19 or later is needed (Rego v1).`,
		Example: `  aksnetlint export gatekeeper gatekeeper/
  aksnetlint export gatekeeper --rules policies gatekeeper/`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			opts := linter.Options{Settings: map[string]any{"as_of": asOf}}
			if configFile != "" {
				read, err := config.Read(cmd.Context(), configFile)
				if err != nil {
					return err
				}
				opts.Config, opts.RuleParams = read, read.Params
			}
			if err := flags.apply(&opts, c); err != nil {
				return err
			}
			return c.exportGatekeeper(cmd.Context(), opts, args[0])
		},
	}
	flags.register(cmd)
	cmd.Flags().StringVar(&asOf, "as-of", time.Now().UTC().Format(time.DateOnly), "`date` (YYYY-MM-DD) that retirements are compared with")
	cmd.Flags().StringVarP(&configFile, "config", "c", "", "configuration `file` with settings of the rules")
	return cmd
}

func (c *command) exportGatekeeper(ctx context.Context, opts linter.Options, dir string) error {
	l, err := linter.New(ctx, opts)
	if err != nil {
		return err
	}
	modules, err := ruletest.AllModules(ctx, l.RuleSources())
	if err != nil {
		return err
	}
	policies, skipped := gatekeeper.Export(gatekeeper.Options{Rules: l.Rules(), Modules: modules, Settings: opts.Settings, Params: opts.RuleParams})
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("exporting rules: %w", err)
	}
	for _, p := range policies {
		path := filepath.Join(dir, p.Rule.ID+".yaml")
		if err := writeFile(path, func(w io.Writer) error { return gatekeeper.Write(w, []gatekeeper.Policy{p}) }); err != nil {
			return fmt.Errorf("exporting rules: %w", err)
		}
	}
	for _, s := range skipped {
		if _, err := fmt.Fprintf(c.stdout, "left out: %s: %s\n", s.Rule, s.Reason); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintf(c.stdout, "%d policies written to %s\n", len(policies), filepath.ToSlash(dir))
	return err
}
