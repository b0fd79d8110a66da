package linter

import (
	"context"
	"slices"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// explorer tries the worlds of one deployment and keeps each verdict.
type explorer struct {
	deployment *deployment
	judge      judge
	// domains are those of the base world, and then those that other worlds read.
	domains []domain
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
	return &explorer{deployment: d, judge: j, domains: domains(d.base.parameters), worlds: []*world{d.base}}
}

// forget lets go of what only exploring needs.
func (e *explorer) forget() { e.judge, e.seen, e.verdicts = judge{}, nil, nil }

// explore evaluates the worlds of a deployment: each value of each parameter
// alone, then all combinations of those that made a difference, those that
// changed a verdict first, up to maxWorlds; with what room is left, the
// parameters that were too many are combined with one other at a time. Worlds may
// read parameters that those before them did not: they are tried as well.
func (e *explorer) explore(ctx context.Context) error {
	base := e.deployment.base
	base.sight = sightOf(base.deployment, e.deployment.sights)
	e.seen = map[string]*world{worldKey(nil): base}
	e.verdicts = map[sight]*verdict{base.sight: base.verdict}
	var differ differences
	var rest []domain
	tried := 0
	for tried < len(e.domains) {
		for ; tried < len(e.domains); tried++ {
			if err := e.try(ctx, e.domains[tried], &differ); err != nil {
				return err
			}
		}
		rest = e.choose(slices.Concat(differ.decisive, differ.visible))
		if err := e.combine(ctx, e.varied, nil); err != nil {
			return err
		}
	}
	e.leftOut = append(e.leftOut, rest...)
	if err := e.pair(ctx, rest); err != nil {
		return err
	}
	e.leftOut = append(e.leftOut, e.domains[tried:]...)
	return nil
}

// differences are the parameters that change a verdict, and those that change nothing
// but what the rules see.
type differences struct{ decisive, visible []domain }

func (d *differences) add(dom domain, decides bool) {
	is := func(other domain) bool { return other.parameter == dom.parameter }
	switch {
	case slices.ContainsFunc(d.decisive, is):
	case decides:
		d.visible = slices.DeleteFunc(d.visible, is)
		d.decisive = append(d.decisive, dom)
	case !slices.ContainsFunc(d.visible, is):
		d.visible = append(d.visible, dom)
	}
}

// try tries each value of one parameter and notes what differs. What it takes for the
// parameter to be read makes a difference then too.
func (e *explorer) try(ctx context.Context, dom domain, differ *differences) error {
	if len(dom.values) > maxDomain || len(e.worlds)+len(dom.values) > maxWorlds {
		e.leftOut = append(e.leftOut, dom)
		return nil
	}
	seen, decides, err := e.vary(ctx, dom)
	if err != nil || !seen && !decides {
		return err
	}
	differ.add(dom, decides)
	for _, a := range dom.under {
		i := slices.IndexFunc(e.domains, func(other domain) bool { return other.parameter == a.parameter })
		differ.add(e.domains[i], decides)
	}
	return nil
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
	e.varied = nil
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

// vary tries each value of one parameter in the world that reads it first, and says
// whether any changes what the rules see, and what they say.
func (e *explorer) vary(ctx context.Context, dom domain) (seen, decides bool, err error) {
	first := e.seen[worldKey(dom.under)]
	for _, v := range dom.values {
		w, err := e.visit(ctx, given(dom.under, dom, v))
		if err != nil {
			return false, false, err
		}
		seen = seen || w.sight != first.sight
		decides = decides || !w.verdict.equal(first.verdict)
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
	for _, dom := range domains(w.parameters) {
		if !slices.ContainsFunc(e.domains, func(known domain) bool { return known.parameter == dom.parameter }) {
			dom.under = assignments
			e.domains = append(e.domains, dom)
		}
	}
	return w, nil
}
