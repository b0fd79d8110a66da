package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/aksnetlint/aksnetlint/linter/advise"
)

func (c *command) adviseCommand() *cobra.Command {
	flags := &lintFlags{}
	var output string
	cmd := &cobra.Command{
		Use:   "advise [flags] [path ...]",
		Short: "Compare the ways of giving pods their addresses for each AKS cluster",
		Long: `advise finds the AKS clusters below the given paths (default: the current
folder) and says for each way of giving pods their addresses who can reach the
pods, how many addresses of the virtual network it takes now, at full scale and
during an upgrade, which subnets have room, what stands against it, and how to
get there.`,
		Example: `  aksnetlint advise ./deploy
  aksnetlint advise -o json --parameters prod.json azuredeploy.json`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, paths []string) error {
			return c.advise(cmd.Context(), flags, output, paths)
		},
	}
	flags.registerInputs(cmd)
	cmd.Flags().StringVarP(&output, "output", "o", "text", "output `format`: text or json")
	return cmd
}

func (c *command) advise(ctx context.Context, flags *lintFlags, output string, paths []string) error {
	if output != "text" && output != "json" {
		return fmt.Errorf("--output %q: want text, json", output)
	}
	if err := flags.check(); err != nil {
		return err
	}
	opts, err := flags.options(c)
	if err != nil {
		return err
	}
	if opts.Config, err = flags.readConfig(ctx, paths); err != nil {
		return err
	}
	clusters, report, err := advise.Clusters(ctx, opts, paths...)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(c.stdout)
	if output == "json" {
		return errors.Join(advise.WriteJSON(out, clusters, report), out.Flush())
	}
	return errors.Join(advise.WriteText(out, clusters), out.Flush(), advise.WriteProblems(c.stderr, report))
}
