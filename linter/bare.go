package linter

import (
	"context"
	"slices"

	"github.com/aksnetlint/aksnetlint/linter/arm"
)

// exploreBare evaluates the worlds of a deployment without a resource to judge, as most
// are, and says whether none of its worlds has one, nor anything else that the base
// world has not: then none counts. It tries one parameter that has a default,
// since with more of them it would count what the rules see of each world.
func (e *explorer) exploreBare(ctx context.Context) (done bool, err error) {
	base := e.deployment.base
	if base.verdict.judged > 0 || len(e.domains) != 1 || e.domains[0].fallback == nil || len(e.domains[0].values) > maxDomain || e.judge.run.thorough {
		return false, nil
	}
	for _, v := range e.domains[0].values {
		assignments := given(nil, e.domains[0], v)
		if len(assignments) == 0 {
			continue
		}
		w, err := e.deployment.expand(ctx, assignments)
		if err != nil {
			return false, err
		}
		if said, bare := e.judge.bare(w); !bare || !said.equal(base.verdict) {
			return false, nil
		}
	}
	return true, nil
}

// bare is what there is to say of a world before its resources are judged; all there
// is where no rule targets one of them.
func (j judge) bare(w *world) (v *verdict, bare bool) {
	v = newVerdict()
	for _, d := range w.deployment.Diagnostics {
		if f, ok := j.run.diagnosticFinding(d); ok {
			v.findings[f.key()] = f
		}
	}
	return v, !slices.ContainsFunc(w.deployment.Hoist(), func(res *arm.Resource) bool { return !res.Existing && j.run.targeted(res.Type) })
}
