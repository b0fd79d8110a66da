package linter

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm"
	"github.com/aksnetlint/aksnetlint/linter/arm/value"
	"github.com/aksnetlint/aksnetlint/linter/engine"
)

// verdict is what the rules say of one world of a deployment.
type verdict struct {
	findings  map[findingKey]Finding
	undecided map[checkKey]Undecided
	failures  []engine.Failure
	judged    int
}

// checkKey is one rule on one resource.
type checkKey struct{ rule, resource string }

func newVerdict() *verdict {
	return &verdict{findings: map[findingKey]Finding{}, undecided: map[checkKey]Undecided{}}
}

// equal says whether two verdicts hold the same findings and doubts.
func (v *verdict) equal(other *verdict) bool {
	sameKeys := func(a, b map[findingKey]Finding) bool {
		return len(a) == len(b) && len(a) == countIn(a, b)
	}
	return sameKeys(v.findings, other.findings) &&
		slices.Equal(slices.SortedFunc(maps.Keys(v.undecided), compareChecks), slices.SortedFunc(maps.Keys(other.undecided), compareChecks))
}

func countIn(a, b map[findingKey]Finding) int {
	n := 0
	for key := range a {
		if _, ok := b[key]; ok {
			n++
		}
	}
	return n
}

func compareChecks(a, b checkKey) int {
	return strings.Compare(a.rule+"\x00"+a.resource, b.rule+"\x00"+b.resource)
}

// judgeDeployments judges every deployment in all its worlds and merges what
// is the same in several.
func (r *run) judgeDeployments(ctx context.Context, deployments []*deployment, ws *workspace) error {
	// explored holds those that were judged in all their worlds: what some of them
	// say alone is no verdict.
	explored := make([]*explorer, len(deployments))
	err := r.inStage(ctx, "judging templates", len(deployments), func(i int) error {
		var err error
		explored[i], err = r.explore(ctx, deployments[i], ws)
		return err
	})
	for _, e := range explored {
		r.merge(e)
	}
	return err
}

// explore judges a deployment in all its worlds. What was judged is not looked at
// again, and let go.
func (r *run) explore(ctx context.Context, d *deployment, ws *workspace) (*explorer, error) {
	defer func() { d.reuse, d.sights, d.base.deployment = nil, nil, nil }()
	j := judge{run: r, workspace: ws, shared: newShared(r.plain)}
	base, err := j.world(ctx, d.base)
	if err != nil {
		return nil, err
	}
	d.base.verdict = base
	e := newExplorer(d, j)
	if d.varies {
		if err := e.explore(ctx); err != nil {
			return nil, err
		}
	}
	e.forget()
	return e, nil
}

// merge adds what was found in the worlds of a deployment to the run; nothing for
// nil.
func (r *run) merge(e *explorer) {
	if e == nil {
		return
	}
	base := e.deployment.base.verdict
	r.summary.Resources += base.judged
	r.failures = append(r.failures, base.failures...)
	r.mergeWorlds(e)
	for _, dom := range e.leftOut {
		r.skipped = append(r.skipped, Skipped{File: e.deployment.template.File.Path, Reason: fmt.Sprintf("not every value of parameter %q was tried with every value of the others: a template is evaluated %d times at most", dom.parameter, maxWorlds), Parameter: dom.parameter})
	}
}

// judge evaluates the rules on the resources of deployments.
type judge struct {
	run       *run
	workspace *workspace
	// shared is what the worlds of the deployment have in common.
	shared *shared
}

// world judges each resource of one world and locates what the rules found.
func (j judge) world(ctx context.Context, w *world) (*verdict, error) {
	v := newVerdict()
	for _, d := range w.deployment.Diagnostics {
		if f, ok := j.run.diagnosticFinding(d); ok {
			v.findings[f.key()] = f
		}
	}
	if !slices.ContainsFunc(w.deployment.Hoist(), func(res *arm.Resource) bool { return !res.Existing && j.run.targeted(res.Type) }) {
		return v, nil
	}
	set := newResourceSet(w.deployment, j.workspace.facts)
	set.shared = j.shared
	judged := slices.DeleteFunc(slices.Clone(set.judged), func(res *arm.Resource) bool { return !j.run.targeted(res.Type) })
	document, err := j.prepare(set, j.run.withhold != nil)
	if err != nil {
		return nil, err
	}
	for _, res := range judged {
		result, err := j.eval(ctx, set, document, res)
		if errors.Is(err, engine.ErrWithheld) {
			if document, err = j.prepare(set, false); err != nil {
				return nil, err
			}
			result, err = j.eval(ctx, set, document, res)
		}
		if err != nil {
			return nil, fmt.Errorf("judging %s: %w", res.ID, err)
		}
		v.judged++
		j.collect(v, set, res, result)
	}
	return v, nil
}

// prepare is input.deployment of a set; parts that no rule is expected to look at may
// be withheld.
func (j judge) prepare(set *resourceSet, withhold bool) (*engine.Document, error) {
	j.shared.withholds = withhold
	document, err := engine.Prepare(set.plainDeployment(j.run))
	if err != nil {
		return nil, fmt.Errorf("gathering what is deployed: %w", err)
	}
	return document, nil
}

// eval judges one resource of a set.
func (j judge) eval(ctx context.Context, set *resourceSet, deployment *engine.Document, res *arm.Resource) (engine.Result, error) {
	resource, err := set.resourceDocument(j.run, deployment, res)
	if err != nil {
		return engine.Result{}, err
	}
	workspace, err := j.workspace.input(j.workspace.viewOfResource(res))
	if err != nil {
		return engine.Result{}, err
	}
	return j.run.engine.Eval(ctx, engine.Input{Kind: res.Type, Resource: resource, Deployment: deployment, Workspace: workspace})
}

// collect turns the result for one resource into located findings.
func (j judge) collect(v *verdict, set *resourceSet, res *arm.Resource, result engine.Result) {
	v.failures = append(v.failures, result.Failures...)
	for _, u := range result.Undecided {
		v.undecided[checkKey{u.Rule, res.ID}] = j.run.undecidedOn(u.Rule, res, doubtsOf(u.Unknowns))
	}
	for _, hit := range result.Hits {
		if res.Conditional != nil {
			// Whether the resource is deployed at all is not known.
			v.undecided[checkKey{hit.Rule, res.ID}] = j.run.undecidedOn(hit.Rule, res, []*value.Doubt{res.Conditional})
			continue
		}
		f := j.run.hitFinding(hit, displayID(res))
		f.Place, f.Related = set.locate(res, hit)
		f.patch = templatePatch(j.run.templateOf, res, hit.Fix)
		v.findings[f.key()] = f
	}
}

// hitFinding is the finding of a hit, not yet located.
func (r *run) hitFinding(hit engine.Hit, resource string) Finding {
	return Finding{
		Rule: hit.Rule, Severity: hit.Severity, Message: hit.Message, Resource: resource,
		Evidence: hit.Evidence, Help: r.byID[hit.Rule].Remediation,
	}
}

// diagnosticFinding turns what is wrong with a template into a finding; notes
// of the expansion are no findings.
func (r *run) diagnosticFinding(d arm.Diagnostic) (Finding, bool) {
	rule := ruleTemplateError
	switch d.Code {
	case arm.CodeParameter, arm.CodeExtraParameter:
		rule = ruleParameterError
	case arm.CodeLimit:
		rule = ruleInputLimit
	}
	if d.Severity == arm.Note || d.Origin == nil || d.Origin.File == nil {
		return Finding{}, false
	}
	f := r.finding(rule, d.Message, placeOf(d.Origin.File, d.Origin.Span))
	if d.Severity == arm.Warning {
		f.Severity = engine.Warning
	}
	f.Related = related(d.Origin)
	return f, true
}

func doubtsOf(unknowns []*engine.Unknown) []*value.Doubt {
	var doubts []*value.Doubt
	for _, u := range unknowns {
		if d, ok := u.Source.(*value.Doubt); ok {
			doubts = append(doubts, d)
		}
	}
	return doubts
}

// undecidedOn reports a rule whose verdict on a resource hangs on doubts.
func (r *run) undecidedOn(rule string, res *arm.Resource, doubts []*value.Doubt) Undecided {
	u := Undecided{Rule: rule, Resource: displayID(res)}
	if res.Origin != nil && res.Origin.File != nil {
		u.Place = placeOf(res.Origin.File, res.Origin.Span)
	}
	u.Missing = missing(doubts)
	return u
}

// displayID is how reports call a resource: its type and name. The id adds
// nothing but a subscription and a group that often are stand-ins.
func displayID(res *arm.Resource) string {
	return res.Type + "/" + res.Name
}
