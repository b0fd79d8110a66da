package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aksnetlint/aksnetlint/linter"
	"github.com/aksnetlint/aksnetlint/linter/format"
)

// lintFlags are the flags of the main command.
type lintFlags struct {
	output          string
	failOn          string
	failOnUndecided bool
	verbose         bool
	showUndecided   bool
	allWorlds       bool

	parameters []string
	set        []string
	facts      []string

	subscription, resourceGroup, location, tenant string

	asOf, kubernetesVersion, ipModel string
	onPremCIDRs                      []string
	firstDeployOnly                  bool
}

func (f *lintFlags) register(cmd *cobra.Command) {
	fs := cmd.Flags()
	fs.StringVarP(&f.output, "output", "o", "text", "output `format`: text or json")
	fs.StringVar(&f.failOn, "fail-on", "error", "exit with 1 at findings of this `severity` or worse: error, warning, note or never")
	fs.BoolVar(&f.failOnUndecided, "fail-on-undecided", false, "exit with 1 also where a check hangs on unknown values")
	fs.BoolVarP(&f.verbose, "verbose", "v", false, "list what was passed over, with the reason")
	fs.BoolVar(&f.showUndecided, "show-undecided", false, "list the checks that hang on unknown values")
	fs.BoolVar(&f.allWorlds, "all-worlds", false, "give findings that hold only for other allowed parameter values their full severity")
	fs.StringArrayVarP(&f.parameters, "parameters", "p", nil, "parameter `file` for the templates (repeatable)")
	fs.StringArrayVar(&f.set, "set", nil, "parameter value as `name=value` (repeatable; JSON or text)")
	fs.StringArrayVar(&f.facts, "facts", nil, "`file` or folder of existing resources as az prints them (repeatable)")
	fs.StringVar(&f.subscription, "subscription", "", "`id` of the subscription that is deployed to")
	fs.StringVar(&f.resourceGroup, "resource-group", "", "`name` of the resource group that is deployed to")
	fs.StringVar(&f.location, "location", "", "`region` of the resource group")
	fs.StringVar(&f.tenant, "tenant", "", "`id` of the tenant")
	fs.StringVar(&f.asOf, "as-of", "", "`date` (YYYY-MM-DD) that retirements are compared with (default today)")
	fs.StringVar(&f.kubernetesVersion, "kubernetes-version", "", "Kubernetes `version` of clusters that do not say theirs")
	fs.StringVar(&f.ipModel, "ip-model", "rp", "address `model` for node subnets: rp (what the resource provider checks) or docs (what the documentation plans)")
	fs.StringArrayVar(&f.onPremCIDRs, "onprem-cidr", nil, "`range` that is in use on premises (repeatable)")
	fs.BoolVar(&f.firstDeployOnly, "first-deploy-only", false, "the templates are deployed once and never again")
}

func (c *command) lint(ctx context.Context, flags *lintFlags, paths []string) error {
	if err := flags.check(); err != nil {
		return err
	}
	opts, err := flags.options(c)
	if err != nil {
		return err
	}
	report, err := linter.Run(ctx, opts, paths...)
	if err != nil {
		return err
	}
	if err := c.write(report, flags); err != nil {
		return err
	}
	c.code = exitCode(report, flags)
	return report.Err()
}

func (f *lintFlags) check() error {
	for _, choice := range []struct {
		flag, value string
		allowed     []string
	}{
		{"--output", f.output, []string{"text", "json"}},
		{"--fail-on", f.failOn, []string{"error", "warning", "note", "never"}},
		{"--ip-model", f.ipModel, []string{"rp", "docs"}},
	} {
		if !slices.Contains(choice.allowed, choice.value) {
			return fmt.Errorf("%s %q: want %s", choice.flag, choice.value, strings.Join(choice.allowed, ", "))
		}
	}
	return nil
}

func (f *lintFlags) options(c *command) (linter.Options, error) {
	opts := linter.Options{
		Stdin:        c.stdin,
		Parameters:   f.parameters,
		Set:          map[string]string{},
		Facts:        f.facts,
		Subscription: f.subscription, ResourceGroup: f.resourceGroup, Location: f.location, Tenant: f.tenant,
		AllWorlds: f.allWorlds,
		Settings:  map[string]any{"ip_model": f.ipModel, "first_deploy_only": f.firstDeployOnly},
	}
	for _, s := range f.set {
		name, value, ok := strings.Cut(s, "=")
		if !ok || name == "" {
			return opts, fmt.Errorf("--set %q: want name=value", s)
		}
		opts.Set[name] = value
	}
	if f.asOf != "" {
		opts.Settings["as_of"] = f.asOf
	}
	if f.kubernetesVersion != "" {
		opts.Settings["kubernetes_version"] = f.kubernetesVersion
	}
	if len(f.onPremCIDRs) > 0 {
		cidrs := make([]any, len(f.onPremCIDRs))
		for i, cidr := range f.onPremCIDRs {
			cidrs[i] = cidr
		}
		opts.Settings["onprem_cidrs"] = cidrs
	}
	return opts, nil
}

func (c *command) write(report *linter.Report, flags *lintFlags) error {
	if flags.output == "json" {
		return format.JSON(c.stdout, report)
	}
	return format.Text(c.stdout, report, format.TextOptions{
		Color: c.colored(), Verbose: flags.verbose, ShowUndecided: flags.showUndecided,
	})
}

// colored says whether the output is a terminal whose user has not declined
// colours (no-color.org).
func (c *command) colored() bool {
	if os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		return false
	}
	file, ok := c.stdout.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

func exitCode(report *linter.Report, flags *lintFlags) int {
	reached := map[string]int{
		"error":   report.Summary.Errors,
		"warning": report.Summary.Errors + report.Summary.Warnings,
		"note":    report.Summary.Errors + report.Summary.Warnings + report.Summary.Notes,
		"never":   0,
	}
	if reached[flags.failOn] > 0 || flags.failOnUndecided && report.Summary.Undecided > 0 {
		return exitFindings
	}
	return exitClean
}
