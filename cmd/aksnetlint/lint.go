package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aksnetlint/aksnetlint/linter"
	"github.com/aksnetlint/aksnetlint/linter/config"
	"github.com/aksnetlint/aksnetlint/linter/format"
)

// lintFlags are the flags of the main command.
type lintFlags struct {
	outputs         []string
	failOn          string
	failOnUndecided bool
	verbose         bool
	showUndecided   bool
	allWorlds       bool

	config        string
	noConfig      bool
	baseline      string
	writeBaseline string
	changedSince  string
	changedLines  bool
	category      string
	fix, diff     bool

	parameters []string
	set        []string
	facts      []string

	rules rulesFlags

	subscription, resourceGroup, location, tenant string

	asOf, kubernetesVersion, ipModel string
	onPremCIDRs                      []string
	firstDeployOnly                  bool
}

func (f *lintFlags) register(cmd *cobra.Command) {
	f.registerInputs(cmd)
	fs := cmd.Flags()
	fs.VarP((*listFlag)(&f.outputs), "output", "o", "output `format`, or format=file (repeatable): "+strings.Join(format.Names(), ", ")+" (default text)")
	fs.StringVar(&f.failOn, "fail-on", "", "exit with 1 at findings of this `severity` or worse: error, warning, note or never (default error)")
	fs.BoolVar(&f.failOnUndecided, "fail-on-undecided", false, "exit with 1 also where a check hangs on unknown values")
	fs.BoolVarP(&f.verbose, "verbose", "v", false, "list what was passed over, with the reason")
	fs.BoolVar(&f.showUndecided, "show-undecided", false, "list the checks that hang on unknown values")
	fs.BoolVar(&f.allWorlds, "all-worlds", false, "give findings that hold only for other allowed parameter values their full severity")
	fs.StringVar(&f.baseline, "baseline", "", "`file` of known findings that are not reported")
	fs.StringVar(&f.writeBaseline, "write-baseline", "", "write all findings to a baseline `file` and exit with 0")
	fs.StringVar(&f.changedSince, "changed-since", "", "report only findings in files that changed since a git `revision`")
	fs.BoolVar(&f.changedLines, "changed-lines", false, "with --changed-since: only findings on changed lines")
	fs.StringVar(&f.category, "sarif-category", "aksnetlint", "`category` of the SARIF run, to tell several runs apart")
	f.rules.register(cmd)
	fs.StringVar(&f.ipModel, "ip-model", "", "address `model` for node subnets: rp (what the resource provider checks) or docs (what the documentation plans) (default rp)")
	fs.Var((*listFlag)(&f.onPremCIDRs), "onprem-cidr", "`range` that is in use on premises (repeatable)")
	fs.BoolVar(&f.firstDeployOnly, "first-deploy-only", false, "the templates are deployed once and never again")
}

// registerInputs registers the flags that say what is read and where it is
// deployed.
func (f *lintFlags) registerInputs(cmd *cobra.Command) {
	fs := cmd.Flags()
	fs.StringVarP(&f.config, "config", "c", "", "configuration `file` (default .aksnetlint.yaml in the first path or above, up to the repository's root)")
	fs.BoolVar(&f.noConfig, "no-config", false, "read no configuration file")
	fs.BoolVar(&f.fix, "fix", false, "write the fixes of findings that have one right answer, then report what is left")
	fs.BoolVar(&f.diff, "diff", false, "print what --fix would change as a diff and write nothing")
	fs.VarP((*listFlag)(&f.parameters), "parameters", "p", "parameter `file` for the templates (repeatable)")
	fs.Var((*listFlag)(&f.set), "set", "parameter value as `name=value` (repeatable; JSON or text)")
	fs.Var((*listFlag)(&f.facts), "facts", "`file` or folder of existing resources as az prints them (repeatable)")
	fs.StringVar(&f.subscription, "subscription", "", "`id` of the subscription that is deployed to")
	fs.StringVar(&f.resourceGroup, "resource-group", "", "`name` of the resource group that is deployed to")
	fs.StringVar(&f.location, "location", "", "`region` of the resource group")
	fs.StringVar(&f.tenant, "tenant", "", "`id` of the tenant")
	fs.StringVar(&f.asOf, "as-of", "", "`date` (YYYY-MM-DD) that retirements are compared with (default today)")
	fs.StringVar(&f.kubernetesVersion, "kubernetes-version", "", "Kubernetes `version` of clusters that do not say theirs")
}

func (c *command) lint(ctx context.Context, flags *lintFlags, paths []string) error {
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
	if err := flags.rules.apply(&opts, c); err != nil {
		return err
	}
	if flags.writeBaseline != "" {
		opts = withoutBaseline(opts)
	}
	show := c.newProgress()
	opts.Progress = show.report()
	report, err := c.judge(ctx, flags, opts, paths)
	show.clear()
	if stopped := new(linter.Interrupted); errors.As(err, &stopped) && report != nil && flags.writeBaseline == "" {
		return errors.Join(stopped, c.write(report, flags))
	}
	if err != nil {
		return err
	}
	if flags.writeBaseline != "" {
		if err := writeBaseline(flags.writeBaseline, report); err != nil {
			return err
		}
		return report.Err()
	}
	if !flags.diff || len(flags.outputs) > 0 {
		if err := c.write(report, flags); err != nil {
			return err
		}
	}
	c.code = exitCode(report, flags.threshold(opts.Config), flags.failOnUndecided)
	return report.Err()
}

func (f *lintFlags) check() error {
	if f.fix && f.diff {
		return errors.New("--fix and --diff: want one of them")
	}
	if f.changedLines && f.changedSince == "" {
		return errors.New("--changed-lines: want --changed-since as well")
	}
	if severities := []string{"error", "warning", "note", "never"}; f.failOn != "" && !slices.Contains(severities, f.failOn) {
		return fmt.Errorf("--fail-on %q: want %s", f.failOn, strings.Join(severities, ", "))
	}
	for _, output := range f.outputs {
		if name, _, _ := strings.Cut(output, "="); !slices.Contains(format.Names(), name) {
			return fmt.Errorf("--output %q: want %s", name, strings.Join(format.Names(), ", "))
		}
	}
	return nil
}

func (f *lintFlags) options(c *command) (linter.Options, error) {
	opts := linter.Options{
		Stdin:        c.stdin,
		Cache:        cacheFolder(),
		Parameters:   f.parameters,
		Set:          map[string]string{},
		Facts:        f.facts,
		Subscription: f.subscription, ResourceGroup: f.resourceGroup, Location: f.location, Tenant: f.tenant,
		AllWorlds: f.allWorlds,
		Baseline:  f.baseline, ChangedSince: f.changedSince, ChangedLines: f.changedLines,
		Settings: map[string]any{},
	}
	if f.ipModel != "" {
		opts.Settings["ip_model"] = f.ipModel
	}
	if f.firstDeployOnly {
		opts.Settings["first_deploy_only"] = true
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

// readConfig reads the configuration that the flags name, or the one that lies
// with the first path or above it.
func (f *lintFlags) readConfig(ctx context.Context, paths []string) (*config.Config, error) {
	if f.noConfig {
		return nil, nil
	}
	path := f.config
	if path == "" {
		dir := "."
		if len(paths) > 0 && paths[0] != "-" {
			dir = paths[0]
			if info, err := os.Stat(dir); err == nil && !info.IsDir() {
				dir = filepath.Dir(dir)
			}
		}
		found, err := config.Find(dir)
		if err != nil || found == "" {
			return nil, err
		}
		path = found
	}
	return config.Read(ctx, path)
}

// threshold is the severity at which a run fails.
func (f *lintFlags) threshold(c *config.Config) string {
	switch {
	case f.failOn != "":
		return f.failOn
	case c != nil && c.FailOn != "":
		return c.FailOn
	}
	return "error"
}

// write writes the report in each of the formats that were asked for, to its
// file or to standard output.
func (c *command) write(report *linter.Report, flags *lintFlags) error {
	outputs := flags.outputs
	if len(outputs) == 0 {
		outputs = []string{"text"}
	}
	opts := format.Options{
		Text:  format.TextOptions{Color: c.colored(), Verbose: flags.verbose, ShowUndecided: flags.showUndecided},
		SARIF: format.SARIFOptions{Version: releaseOf(version), Category: flags.category},
	}
	for _, output := range outputs {
		name, path, toFile := strings.Cut(output, "=")
		if !toFile {
			out := bufio.NewWriter(c.stdout)
			if err := errors.Join(format.Write(out, name, report, opts), out.Flush()); err != nil {
				return err
			}
			continue
		}
		opts := opts
		opts.Text.Color = false
		if err := writeFile(path, func(w io.Writer) error { return format.Write(w, name, report, opts) }); err != nil {
			return fmt.Errorf("writing %s: %w", path, err)
		}
	}
	return nil
}

// withoutBaseline judges as if nothing were known: a baseline that is written
// anew holds the findings that the old one holds.
func withoutBaseline(opts linter.Options) linter.Options {
	opts.Baseline = ""
	if opts.Config != nil {
		c := *opts.Config
		c.Baseline = ""
		opts.Config = &c
	}
	return opts
}

func writeBaseline(path string, report *linter.Report) error {
	err := writeFile(path, func(w io.Writer) error { return linter.WriteBaseline(w, report) })
	if err != nil {
		return fmt.Errorf("writing the baseline: %w", err)
	}
	return nil
}

func writeFile(path string, write func(io.Writer) error) error {
	// Opened for reading as well, as os.Create does, a pipe would be read by the
	// program itself and never break.
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(file)
	return errors.Join(write(out), out.Flush(), file.Close())
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

func exitCode(report *linter.Report, failOn string, failOnUndecided bool) int {
	reached := map[string]int{
		"error":   report.Summary.Errors,
		"warning": report.Summary.Errors + report.Summary.Warnings,
		"note":    report.Summary.Errors + report.Summary.Warnings + report.Summary.Notes,
		"never":   0,
	}
	if reached[failOn] > 0 || failOnUndecided && report.Summary.Undecided > 0 {
		return exitFindings
	}
	return exitClean
}
