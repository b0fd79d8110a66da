package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/aksnetlint/aksnetlint/linter/engine"
)

// The exit codes.
const (
	exitClean    = 0
	exitFindings = 1
	exitFailed   = 2
	// exitSignal is the code of a run that a signal ended, less the signal's number:
	// 130 for Ctrl-C.
	exitSignal = 128
)

// command is the whole program with its streams, so that tests can run it.
type command struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	// code is the exit code where the run itself went well.
	code int
}

// run executes one command line and returns the exit code.
func (c *command) run(ctx context.Context, args []string) int {
	if c.stdin != nil {
		c.stdin = cancelReader{ctx, c.stdin}
	}
	root := c.root()
	root.SetArgs(args)
	root.SetIn(c.stdin)
	root.SetOut(c.stdout)
	root.SetErr(c.stderr)
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return c.code
	case errors.Is(err, syscall.EPIPE):
		// The reader has seen enough (| head): nothing to complain about.
		return exitFailed
	case errors.Is(err, context.Canceled) && ctx.Err() != nil:
		return c.interrupted(ctx, err)
	}
	c.complain(err)
	return exitFailed
}

// complain prints an error; problems of rules one a line, each with its place
// first, as editors read them.
func (c *command) complain(err error) {
	var load *engine.LoadError
	if errors.As(err, &load) {
		for _, p := range load.Problems {
			fmt.Fprintln(c.stderr, logLine(fmt.Sprint(p)))
		}
		err = fmt.Errorf("the rules cannot be used: %d problems", len(load.Problems))
	}
	fmt.Fprintf(c.stderr, "%s\n", logLine(fmt.Sprintf("aksnetlint: %v", err)))
}

func (c *command) root() *cobra.Command {
	flags := &lintFlags{}
	root := &cobra.Command{
		Use:   "aksnetlint [flags] [path ...]",
		Short: "Find AKS network mistakes in Kubernetes manifests and ARM templates before they are deployed",
		Long: `aksnetlint reads the Kubernetes manifests and ARM templates below the given
paths (default: the current folder; - is standard input) and says which AKS
network settings will be refused, break traffic, run out of addresses or
expose a service.

Exit code: 0 no finding at or above the threshold, 1 findings, 2 the job
could not be done, 130 interrupted.

AKSNETLINT_CACHE names the folder where compiled rules are kept between runs
(default: aksnetlint in the user's cache folder; off for none).`,
		Example: `  aksnetlint ./deploy
  aksnetlint --parameters prod.json azuredeploy.json
  kustomize build . | aksnetlint -
  aksnetlint explain kubenet-subnet-without-route-table`,
		Args:          cobra.ArbitraryArgs,
		Version:       versionText(),
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE: func(cmd *cobra.Command, paths []string) error {
			return c.lint(cmd.Context(), flags, paths)
		},
	}
	flags.register(root)
	root.SetVersionTemplate("{{.Version}}\n")
	root.AddCommand(c.rulesCommand(), c.explainCommand(), c.adviseCommand(), c.versionCommand(), c.initCommand())
	root.AddCommand(c.testCommand(), c.inspectCommand(), c.evalCommand(), c.bundleCommand(), c.exportCommand())
	return root
}
