package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aksnetlint/aksnetlint/linter"
	"github.com/aksnetlint/aksnetlint/linter/engine"
)

func (c *command) rulesCommand() *cobra.Command {
	var output string
	flags := &rulesFlags{}
	cmd := &cobra.Command{
		Use:   "rules",
		Short: "List the rules",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			opts := linter.Options{Cache: cacheFolder()}
			if err := flags.apply(&opts, c); err != nil {
				return err
			}
			rules, err := linter.Rules(cmd.Context(), opts)
			if err != nil {
				return err
			}
			switch output {
			case "json":
				encoder := json.NewEncoder(c.stdout)
				encoder.SetEscapeHTML(false)
				encoder.SetIndent("", "  ")
				return encoder.Encode(rules)
			case "text":
				return c.listRules(rules)
			}
			return fmt.Errorf("--output %q: want text, json", output)
		},
	}
	cmd.Flags().StringVarP(&output, "output", "o", "text", "output `format`: text or json")
	flags.register(cmd)
	cmd.AddCommand(c.rulesCheckCommand())
	return cmd
}

func (c *command) listRules(rules []engine.Rule) error {
	width, family := 0, ""
	for _, r := range rules {
		width = max(width, len(r.ID))
	}
	for _, r := range rules {
		if r.Family != family {
			family = r.Family
			if _, err := fmt.Fprintf(c.stdout, "%s\n", family); err != nil {
				return err
			}
		}
		if _, err := fmt.Fprintf(c.stdout, "  %-*s  %-7s  %s\n", width, r.ID, r.Severity, r.Title); err != nil {
			return err
		}
	}
	return nil
}

func (c *command) explainCommand() *cobra.Command {
	flags := &rulesFlags{}
	cmd := &cobra.Command{
		Use:   "explain RULE",
		Short: "Say what a rule checks, why, and how to mend a finding",
		Args:  cobra.ExactArgs(1),
		ValidArgsFunction: func(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
			return ruleIDs(cmd.Context()), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			opts := linter.Options{Cache: cacheFolder()}
			if err := flags.apply(&opts, c); err != nil {
				return err
			}
			return c.explain(cmd.Context(), opts, args[0])
		},
	}
	flags.register(cmd)
	return cmd
}

func ruleIDs(ctx context.Context) []string {
	rules, err := linter.Rules(ctx, linter.Options{Cache: cacheFolder()})
	if err != nil {
		return nil
	}
	return idsOf(rules)
}

func idsOf(rules []engine.Rule) []string {
	ids := make([]string, len(rules))
	for i, r := range rules {
		ids[i] = r.ID
	}
	return ids
}

func (c *command) explain(ctx context.Context, opts linter.Options, id string) error {
	rules, err := linter.Rules(ctx, opts)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(rules, func(r engine.Rule) bool { return r.ID == id })
	if i < 0 {
		return fmt.Errorf("no rule %q%s; see aksnetlint rules", id, linter.DidYouMean(id, idsOf(rules)))
	}
	r := rules[i]
	_, err = fmt.Fprintf(c.stdout, "%s (%s, %s, since %s)\n%s\n\n%s\n\nJudges: %s\nFix:    %s\n",
		r.ID, r.Severity, r.Family, r.Since, r.Title, r.Description, strings.Join(r.Targets, ", "), r.Remediation)
	if err != nil {
		return err
	}
	if len(r.Params) > 0 {
		params, err := json.Marshal(r.Params)
		if err != nil {
			return fmt.Errorf("printing the settings of %s: %w", r.ID, err)
		}
		fmt.Fprintf(c.stdout, "Params: %s\n", params)
	}
	for _, link := range r.Links {
		if _, err := fmt.Fprintf(c.stdout, "See:    %s\n", link); err != nil {
			return err
		}
	}
	return nil
}
