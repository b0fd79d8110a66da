package linter

import (
	"context"
	"crypto/sha256"
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
	deployment  *arm.Deployment
	// verdict is what the rules say of it.
	verdict *verdict
}

// domain is a parameter that nobody supplied and that has few values.
type domain struct {
	parameter string
	values    []*value.Value
	// fallback is the default value, nil where there is none.
	fallback *value.Value
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
		if p.Default && p.Value != nil && p.Value.Kind != value.Unknown {
			dom.fallback = p.Value
		}
		if len(dom.values) > 1 || len(dom.values) == 1 && dom.fallback == nil {
			list = append(list, dom)
		}
	}
	return list
}

// explorer tries the worlds of one deployment and keeps each verdict.
type explorer struct {
	deployment *deployment
	judge      func(context.Context, *world) (*verdict, error)
	worlds     []*world
	seen       map[string]*world
	// verdicts maps what the rules can see of a world to their verdict: many
	// parameters change nothing that a rule reads.
	verdicts map[sight]*verdict
}

// explore evaluates the worlds of a deployment: each value of each parameter
// alone, then the combinations of those that made a difference, those that
// changed a verdict first, up to maxWorlds. leftOut names the parameters that
// were not varied in full.
func (e *explorer) explore(ctx context.Context) (leftOut []string, err error) {
	var decisive, visible []domain
	for _, dom := range domains(e.deployment.base.deployment) {
		if len(dom.values) > maxDomain || len(e.worlds)+len(dom.values) > maxWorlds {
			leftOut = append(leftOut, dom.parameter)
			continue
		}
		seen, decides, err := e.vary(ctx, dom)
		switch {
		case err != nil:
			return nil, err
		case decides:
			decisive = append(decisive, dom)
		case seen:
			visible = append(visible, dom)
		}
	}
	product := 1
	var varied []domain
	for _, dom := range append(decisive, visible...) {
		if product*len(dom.values) > maxWorlds {
			leftOut = append(leftOut, dom.parameter)
			continue
		}
		product *= len(dom.values)
		varied = append(varied, dom)
	}
	if len(varied) > 1 {
		err = e.combine(ctx, varied, nil)
	}
	return leftOut, err
}

// vary tries each value of one parameter alone and says whether any changes
// what the rules see, and what they say.
func (e *explorer) vary(ctx context.Context, dom domain) (seen, decides bool, err error) {
	base := e.deployment.base
	baseSight := sightOf(base.deployment)
	for _, v := range dom.values {
		w, err := e.visit(ctx, []assignment{{dom.parameter, v}})
		if err != nil {
			return false, false, err
		}
		seen = seen || sightOf(w.deployment) != baseSight
		decides = decides || !w.verdict.equal(base.verdict)
	}
	return seen, decides, nil
}

// combine visits the product of the domains.
func (e *explorer) combine(ctx context.Context, rest []domain, chosen []assignment) error {
	if len(rest) == 0 {
		_, err := e.visit(ctx, slices.Clone(chosen))
		return err
	}
	for _, v := range rest[0].values {
		if err := e.combine(ctx, rest[1:], append(chosen, assignment{rest[0].parameter, v})); err != nil {
			return err
		}
	}
	return nil
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
	sight := sightOf(w.deployment)
	v, ok := e.verdicts[sight]
	if !ok {
		if v, err = e.judge(ctx, w); err != nil {
			return nil, err
		}
		e.verdicts[sight] = v
	}
	w.verdict = v
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
	var b strings.Builder
	for _, a := range assignments {
		fmt.Fprintf(&b, "%q=%s;", strings.ToLower(a.parameter), valueKey(a.value))
	}
	return b.String()
}

// sight is a digest of what the rules see.
type sight [sha256.Size]byte

// sightOf is a digest of all that rules can see of a deployment, places included:
// two worlds with the same digest have the same findings.
func sightOf(d *arm.Deployment) sight {
	h := sha256.New()
	for _, res := range d.Resources {
		fmt.Fprintf(h, "%q %v %v ", res.ID, res.Existing, res.Conditional != nil)
		hashValue(h, res.Value)
	}
	return sight(h.Sum(nil))
}
