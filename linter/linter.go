package linter

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
	"github.com/aksnetlint/aksnetlint/linter/config"
	"github.com/aksnetlint/aksnetlint/linter/engine"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// Options say how a run reads and judges. The zero value judges with the
// built-in rules.
type Options struct {
	// Stdin is read for the path "-".
	Stdin io.Reader
	// Parameters are parameter files that apply to every template of the run.
	Parameters []string
	// Set are parameter values by name, as written on a command line: JSON, or
	// else text.
	Set map[string]string
	// Facts are files or folders of existing resources as the Azure CLI prints them.
	Facts []string
	// Subscription, ResourceGroup, Location and Tenant are where the templates are deployed;
	// what is left empty is not known to the rules.
	Subscription, ResourceGroup, Location, Tenant string
	// AllWorlds gives findings that hold only for other allowed parameter
	// values their full severity.
	AllWorlds bool
	// Settings are the values of data.settings (as_of, kubernetes_version, ip_model,
	// onprem_cidrs, first_deploy_only). as_of defaults to today.
	Settings map[string]any
	// Rules are folders and bundles of rules beside the built-in ones.
	Rules []string
	// Modules are further Rego modules by path, with the standing of custom rules.
	Modules map[string]string
	// RulesKey is a PEM public key that all of Rules must be signed for; empty
	// asks for no signature.
	RulesKey []byte
	// AllowFetch lets Rules be https:// addresses that are pinned by a digest.
	AllowFetch bool
	// Print receives what custom rules print, with the place of the call.
	Print func(place, text string)
	// RuleParams are the settings of rules by rule id.
	RuleParams map[string]map[string]any
	// Config is what a configuration file says; nil for none.
	Config *config.Config
	// Baseline is a file of findings that are known and not reported.
	Baseline string
	// ChangedSince is a git revision: only findings in files that changed
	// since are reported, or on changed lines where ChangedLines is set. All
	// files are read all the same, so that joins see them.
	ChangedSince string
	ChangedLines bool
	// Fixes asks for the text edits of findings that have a fix.
	Fixes bool
	// Overlay holds texts by the path that reports show; they are read instead
	// of the files.
	Overlay map[string][]byte
	// Cache is a folder for the compiled built-in rules, made where it is
	// missing; empty for none. A program that carries them compiled needs none.
	Cache string
	// Progress, where it is not nil, is told what the run is doing: how many
	// of the files, templates or manifests are done. Calls may come from several
	// goroutines, but never two at a time.
	Progress func(stage string, done, total int)
}

// Run judges what is below the paths ("-" is standard input; none means the current
// folder). It returns an error only where the job itself could not be done;
// whatever is wrong with a file is a finding. Where the context ends before the
// run does, the report holds what was found so far and the error is an *Interrupted.
func Run(ctx context.Context, opts Options, paths ...string) (*Report, error) {
	looking, stop := context.WithCancel(ctx)
	defer stop()
	files := listFiles(looking, paths) // while the rules are loaded
	l, err := New(ctx, opts)
	if err != nil {
		return nil, err
	}
	return l.run(ctx, paths, files)
}

// Linter is a set of options with the rules loaded, for several runs.
type Linter struct {
	opts   Options
	engine *engine.Engine
}

// New loads the rules. What the maps of the options hold may change between
// runs.
func New(ctx context.Context, opts Options) (*Linter, error) {
	if err := checkOptions(opts); err != nil {
		return nil, err
	}
	opts, err := withConfig(opts)
	if err != nil {
		return nil, fmt.Errorf("reading the configuration: %w", err)
	}
	e, err := newEngine(ctx, opts)
	if err != nil {
		return nil, fmt.Errorf("loading rules: %w", err)
	}
	// What the configuration says of rules is checked before anything is read.
	if opts.Config != nil {
		if _, err := newRunWith(e, opts); err != nil {
			return nil, err
		}
	}
	return &Linter{opts, e}, nil
}

// Run is the function Run with the rules that are loaded already.
func (l *Linter) Run(ctx context.Context, paths ...string) (*Report, error) {
	return l.run(ctx, paths, listFiles(ctx, paths))
}

func (l *Linter) run(ctx context.Context, paths []string, files <-chan listing) (*Report, error) {
	r, err := newRunWith(l.engine, l.opts)
	if err != nil {
		return nil, err
	}
	r.files = files
	return r.judge(ctx, orHere(paths))
}

// judge is the pipeline, from paths to the report.
func (r *run) judge(ctx context.Context, paths []string) (*Report, error) {
	documents, err := r.judgeAll(ctx, paths)
	if err == nil {
		return r.report(ctx, documents)
	}
	stopped := r.interrupted(ctx, err)
	if stopped == nil {
		return nil, err
	}
	report, err := r.interruptedReport(ctx, stopped, documents)
	if err != nil {
		return nil, err
	}
	return report, stopped
}

// judgeAll judges what lies below the paths and returns the documents that were
// read, also where it is interrupted.
func (r *run) judgeAll(ctx context.Context, paths []string) ([]document, error) {
	documents, err := r.readAll(ctx, paths)
	if err != nil {
		return documents, err
	}
	if separate(documents) && !r.together {
		return documents, r.judgeSeparately(ctx, documents)
	}
	deployments, workspace, err := r.relate(ctx, documents)
	if err != nil {
		return documents, err
	}
	if err := r.judgeDeployments(ctx, deployments, workspace); err != nil {
		return documents, err
	}
	return documents, r.judgeManifests(ctx, workspace)
}

// gather is what comes before judging: what was read below the paths, what its
// templates deploy, and what belongs together.
func (r *run) gather(ctx context.Context, paths []string) ([]document, []*deployment, *workspace, error) {
	documents, err := r.readAll(ctx, paths)
	if err != nil {
		return documents, nil, nil, err
	}
	deployments, workspace, err := r.relate(ctx, documents)
	return documents, deployments, workspace, err
}

// readAll reads what is below the paths.
func (r *run) readAll(ctx context.Context, paths []string) ([]document, error) {
	r.paths = paths
	r.progress.stage = "looking for files"
	if r.files == nil {
		r.files = listFiles(ctx, paths)
	}
	files := <-r.files
	if files.err != nil {
		return nil, files.err
	}
	r.skipped = append(r.skipped, files.skipped...)
	return r.read(ctx, r.exclude(files.inputs))
}

// relate finds what the templates among the documents deploy, and what belongs
// together.
func (r *run) relate(ctx context.Context, documents []document) ([]*deployment, *workspace, error) {
	deployments, err := r.expand(ctx, documents)
	if err != nil {
		return nil, nil, err
	}
	workspace, err := newWorkspace(ctx, r, documents, deployments)
	return deployments, workspace, err
}

// Rules lists the rules a run would judge by: those of Rego and those about
// the input itself, by family and id.
func Rules(ctx context.Context, opts Options) ([]engine.Rule, error) {
	r, err := newRun(ctx, opts)
	if err != nil {
		return nil, err
	}
	return r.rules, nil
}

// run is what the stages of one Run share.
type run struct {
	opts  Options
	paths []string
	// files is what stands below the paths, nil where it is still to be looked for.
	files  <-chan listing
	engine *engine.Engine
	rules  []engine.Rule
	byID   map[string]*engine.Rule
	plain  *plainer
	// keepAll keeps the documents that no rule looks at.
	keepAll bool
	// together has all templates evaluated before the first is judged, also where
	// they can be judged one by one.
	together bool
	// withhold picks the types of resources that are withheld from the rules until one
	// looks at them; nil for none.
	withhold func(typ string) bool
	// types maps lower-cased resource types to their documented spelling.
	types map[string]string
	// topTypes are the first two segments of them, in lower case: a child may be
	// declared inside its parent, whose type is then in full.
	topTypes []string
	// contextDoubts are the doubts about where the templates are deployed.
	contextDoubts map[string]*value.Doubt

	// linked are the links between templates.
	linked links
	// namedParameters are the parameter files that the options name.
	namedParameters []*source.Document
	// linkedDocuments are the documents of linked templates by path.
	linkedDocuments sync.Map
	// templates are the documents of templates by their *source.File.
	templates sync.Map
	progress  progress
	// stopped is set where the run was interrupted: what it did not find may yet be there.
	stopped bool

	findings  findingSet
	undecided []Undecided
	skipped   []Skipped
	failures  []engine.Failure
	summary   Summary
}

func newRun(ctx context.Context, opts Options) (*run, error) {
	l, err := New(ctx, opts)
	if err != nil {
		return nil, err
	}
	return newRunWith(l.engine, l.opts)
}

// newRunWith is a run with rules that are loaded already.
func newRunWith(e *engine.Engine, opts Options) (*run, error) {
	r := &run{
		opts: opts, engine: e, rules: slices.Concat(inputRules, e.Rules()),
		byID: map[string]*engine.Rule{}, plain: newPlainer(), types: map[string]string{}, contextDoubts: newContextDoubts(),
	}
	if e.Withholds() {
		r.withhold = isRemote
	}
	slices.SortStableFunc(r.rules, func(a, b engine.Rule) int { return cmp.Compare(familyRank(a), familyRank(b)) })
	for i := range r.rules {
		r.byID[r.rules[i].ID] = &r.rules[i]
		for _, target := range r.rules[i].Targets {
			r.types[strings.ToLower(target)] = target
			if segments := strings.SplitN(strings.ToLower(target), "/", 3); len(segments) > 1 {
				r.topTypes = append(r.topTypes, segments[0]+"/"+segments[1])
			}
		}
	}
	slices.Sort(r.topTypes)
	r.topTypes = slices.Compact(r.topTypes)
	if err := r.checkConfig(); err != nil {
		return nil, err
	}
	return r, nil
}
