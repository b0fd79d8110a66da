package linter

import (
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
	// under is the world in which it was first read: without these values it may
	// make no difference. Nil for the base world.
	under []assignment
}

// isFallback says whether a value is what the parameter has by default.
func (d domain) isFallback(v *value.Value) bool {
	return d.fallback != nil && valueKey(v) == valueKey(d.fallback)
}

// domains lists the parameters that may be varied: allowedValues or bool,
// not supplied, and read while the resources were computed.
func domains(parameters []arm.Parameter) []domain {
	var list []domain
	for _, p := range parameters {
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
