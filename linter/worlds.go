package linter

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm"
	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// maxWorlds bounds how often one template is evaluated with other parameter
// values.
const maxWorlds = 64

// maxDomain bounds how many values of one parameter are tried.
const maxDomain = 24

// assignment gives one parameter a value that its declaration allows.
type assignment struct {
	parameter string
	value     *value.Value
}

// world is a template evaluated with one choice of parameter values.
type world struct {
	assignments []assignment
	// deployment is nil once a world other than the base has been judged: there
	// are many.
	deployment *arm.Deployment
	parameters []arm.Parameter
	// sight is what the rules see of it, once it was looked at.
	sight sight
	// verdict is what they say of it.
	verdict *verdict
}

func newWorld(assignments []assignment, d *arm.Deployment) *world {
	return &world{assignments: assignments, deployment: d, parameters: d.Parameters}
}

// domain is a parameter that nobody supplied and that has few values.
type domain struct {
	parameter string
	values    []*value.Value
	// fallback is the default value, null for a nullable parameter without one;
	// nil where the parameter must be given.
	fallback *value.Value
}

// isFallback says whether a value is what the parameter has by default.
func (d domain) isFallback(v *value.Value) bool {
	return d.fallback != nil && valueKey(v) == valueKey(d.fallback)
}

// domains lists the parameters that may be varied: allowedValues or bool,
// not supplied, and read while the resources were computed.
func domains(d *arm.Deployment) []domain {
	var list []domain
	for _, p := range d.Parameters {
		if p.Supplied || !p.Used {
			continue
		}
		dom := domain{parameter: p.Name, values: p.Allowed}
		if len(p.Allowed) == 0 && p.Type == "bool" {
			dom.values = []*value.Value{{Kind: value.Bool, Bool: true}, {Kind: value.Bool}}
		}
		if p.Value != nil && (p.Default && p.Value.Kind != value.Unknown || p.Value.Kind == value.Null) {
			dom.fallback = p.Value
		}
		if slices.ContainsFunc(dom.values, func(v *value.Value) bool { return !dom.isFallback(v) }) {
			list = append(list, dom)
		}
	}
	return list
}

// explorer tries the worlds of one deployment and keeps each verdict.
type explorer struct {
	deployment *deployment
	judge      judge
	domains    []domain
	// worlds are the worlds that were judged, the base world first.
	worlds []*world
	seen   map[string]*world
	// varied are the parameters of which all values were tried with all values
	// of each other; leftOut are those of which only some were.
	varied  []domain
	leftOut []domain
	// verdicts maps what the rules can see of a world to their verdict: many
	// parameters change nothing that a rule reads.
	verdicts map[sight]*verdict
}

func newExplorer(d *deployment, j judge) *explorer {
	return &explorer{deployment: d, judge: j, domains: domains(d.base.deployment), worlds: []*world{d.base}}
}

// forget lets go of what only exploring needs.
func (e *explorer) forget() { e.judge, e.seen, e.verdicts = judge{}, nil, nil }

// explore evaluates the worlds of a deployment: each value of each parameter
// alone, then all combinations of those that made a difference, those that
// changed a verdict first, up to maxWorlds; with what room is left, the
// parameters that were too many are combined with one other at a time.
func (e *explorer) explore(ctx context.Context) error {
	base := e.deployment.base
	base.sight = sightOf(base.deployment, e.deployment.sights)
	e.seen = map[string]*world{worldKey(nil): base}
	e.verdicts = map[sight]*verdict{base.sight: base.verdict}
	var decisive, visible []domain
	for _, dom := range e.domains {
		if len(dom.values) > maxDomain || len(e.worlds)+len(dom.values) > maxWorlds {
			e.leftOut = append(e.leftOut, dom)
			continue
		}
		seen, decides, err := e.vary(ctx, dom)
		switch {
		case err != nil:
			return err
		case decides:
			decisive = append(decisive, dom)
		case seen:
			visible = append(visible, dom)
		}
	}
	rest := e.choose(append(decisive, visible...))
	if err := e.combine(ctx, e.varied, nil); err != nil {
		return err
	}
	e.leftOut = append(e.leftOut, rest...)
	return e.pair(ctx, rest)
}

// choose sets the parameters of which all combinations are tried and returns
// those that are too many. Where not all fit, half of the worlds is kept for
// pairs.
func (e *explorer) choose(candidates []domain) (rest []domain) {
	all, outside := 1, len(e.worlds)
	for _, dom := range candidates {
		all = min(all*len(dom.values), 2*maxWorlds)
		outside -= len(dom.values)
	}
	limit := maxWorlds - max(0, outside)
	if all > limit {
		limit = maxWorlds / 2
	}
	product := 1
	for _, dom := range candidates {
		if product*len(dom.values) > limit {
			rest = append(rest, dom)
			continue
		}
		product *= len(dom.values)
		e.varied = append(e.varied, dom)
	}
	return rest
}

// pair tries the values of the parameters that were too many with the values of
// one other parameter at a time, while there is room.
func (e *explorer) pair(ctx context.Context, rest []domain) error {
	for i, other := range append(slices.Clone(e.varied), rest...) {
		for _, dom := range rest[max(0, i+1-len(e.varied)):] {
			if len(e.worlds)+len(dom.values)*len(other.values) > maxWorlds {
				continue
			}
			if err := e.combine(ctx, []domain{other, dom}, nil); err != nil {
				return err
			}
		}
	}
	return nil
}

// open are the worlds that give each parameter without a default a value and
// leave all others at their default: together they are what can be deployed
// without further choice. None where each parameter has a value, or where
// one that must be given was not tried in full.
func (e *explorer) open() []*world {
	missing := 0
	for _, dom := range e.domains {
		if dom.fallback == nil && contains(e.leftOut, dom.parameter) {
			return nil
		}
		if dom.fallback == nil && contains(e.varied, dom.parameter) {
			missing++
		}
	}
	if missing == 0 {
		return nil
	}
	var open []*world
	for _, w := range e.worlds {
		free := func(a assignment) bool {
			return !slices.ContainsFunc(e.varied, func(dom domain) bool { return dom.parameter == a.parameter && dom.fallback == nil })
		}
		if len(w.assignments) == missing && !slices.ContainsFunc(w.assignments, free) {
			open = append(open, w)
		}
	}
	return open
}

func contains(list []domain, parameter string) bool {
	return slices.ContainsFunc(list, func(dom domain) bool { return dom.parameter == parameter })
}

// vary tries each value of one parameter alone and says whether any changes
// what the rules see, and what they say.
func (e *explorer) vary(ctx context.Context, dom domain) (seen, decides bool, err error) {
	base := e.deployment.base
	for _, v := range dom.values {
		w, err := e.visit(ctx, given(nil, dom, v))
		if err != nil {
			return false, false, err
		}
		seen = seen || w.sight != base.sight
		decides = decides || !w.verdict.equal(base.verdict)
	}
	return seen, decides, nil
}

// combine visits the product of the domains.
func (e *explorer) combine(ctx context.Context, rest []domain, chosen []assignment) error {
	if len(rest) == 0 {
		_, err := e.visit(ctx, chosen)
		return err
	}
	for _, v := range rest[0].values {
		if err := e.combine(ctx, rest[1:], given(chosen, rest[0], v)); err != nil {
			return err
		}
	}
	return nil
}

// given adds a value to assignments; the default goes without saying.
func given(assignments []assignment, dom domain, v *value.Value) []assignment {
	if dom.isFallback(v) {
		return assignments
	}
	return append(assignments[:len(assignments):len(assignments)], assignment{dom.parameter, v})
}

// visit evaluates and judges one world, once.
func (e *explorer) visit(ctx context.Context, assignments []assignment) (*world, error) {
	key := worldKey(assignments)
	if w, ok := e.seen[key]; ok {
		return w, nil
	}
	w, err := e.deployment.expand(ctx, assignments)
	if err != nil {
		return nil, err
	}
	w.sight = sightOf(w.deployment, e.deployment.sights)
	v, ok := e.verdicts[w.sight]
	if !ok {
		if v, err = e.judge.world(ctx, w); err != nil {
			return nil, err
		}
		e.verdicts[w.sight] = v
	}
	w.verdict, w.deployment = v, nil
	e.seen[key] = w
	e.worlds = append(e.worlds, w)
	return w, nil
}

// valueKey is a text that tells values apart.
func valueKey(v *value.Value) string {
	text, _ := v.JSON('"', 1<<16)
	return text
}

func worldKey(assignments []assignment) string {
	parts := make([]string, len(assignments))
	for i, a := range assignments {
		parts[i] = fmt.Sprintf("%q=%s;", strings.ToLower(a.parameter), valueKey(a.value))
	}
	slices.Sort(parts)
	return strings.Join(parts, "")
}
