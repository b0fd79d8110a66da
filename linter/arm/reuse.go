package arm

import (
	"github.com/aksnetlint/aksnetlint/linter/arm/expr"
	"github.com/aksnetlint/aksnetlint/linter/arm/value"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// Reuse keeps what the first expansion of a template computed for further ones,
// which differ in Options.Set alone: a value that hangs on none of the parameters
// that differ is computed once, and shared. It is not safe for concurrent use.
type Reuse struct {
	parsed map[*source.Node]*expr.Expression
	// values are made of computed after the first expansion.
	values   map[reuseKey]reusable
	computed []reusable
	set      map[string]*value.Value
	// recorded is set after the first expansion.
	recorded bool
}

// NewReuse makes a Reuse for the expansions of a template.
func NewReuse() *Reuse { return &Reuse{parsed: map[*source.Node]*expr.Expression{}} }

// reuseKey is a part of the root template, evaluated outside of loops.
type reuseKey struct {
	node    *source.Node
	settled bool
}

// reusable is a value with the parameters that it hangs on.
type reusable struct {
	key   reuseKey
	value *value.Value
	reads reads
}

// reads is a set of parameters of the root template, by their place in it.
type reads uint64

const (
	// lastRead stands for all parameters from the 64th on, and for whatever else a
	// value may hang on: it is never reused.
	lastRead = 63
	anything = reads(1) << lastRead
)

func readOf(place int) reads { return reads(1) << min(place, lastRead) }

// begin tells an expander which parameters differ from those of the first
// expansion.
func (r *Reuse) begin(x *expander, root *frame) {
	if !r.recorded {
		r.set = x.opts.Set
		return
	}
	for i, p := range root.order {
		if setValue(r.set, p.name) != setValue(x.opts.Set, p.name) {
			x.changed |= readOf(i)
		}
	}
}

// end takes what the first expansion computed for the others.
func (r *Reuse) end() {
	if r.recorded {
		return
	}
	r.values = make(map[reuseKey]reusable, len(r.computed))
	for _, found := range r.computed {
		r.values[found.key] = found
	}
	r.computed, r.recorded = nil, true
}

// setValue is the value that a set gives to a parameter.
func setValue(set map[string]*value.Value, name string) *value.Value {
	if v, ok := set[name]; ok {
		return v
	}
	for other, v := range set {
		if value.Fold(other) == value.Fold(name) {
			return v
		}
	}
	return nil
}

// reused is the value that the first expansion computed for a node, nil where
// it may be another one here.
func (e *env) reused(n *source.Node) *value.Value {
	r := e.x.opts.Reuse
	if r == nil || !r.recorded || !e.reusable() {
		return nil
	}
	found, ok := r.values[reuseKey{n, e.settled}]
	if !ok || found.reads&(e.x.changed|anything) != 0 {
		return nil
	}
	// What it reads is looked at again: parameters say whether they were used.
	for i := 0; i < min(len(e.frame.order), lastRead) && found.reads>>i != 0; i++ {
		if found.reads&readOf(i) != 0 {
			e.frame.parameter(e.frame.order[i].name)
		}
	}
	return found.value
}

// reusable says whether values are the same wherever they are asked for.
func (e *env) reusable() bool {
	return e.frame.root && e.loops == nil && e.args == nil && e.chain == nil
}

// evaluated computes a node's value and keeps it for further expansions, if
// nothing is wrong with it.
func (e *env) evaluated(n *source.Node, compute func(*source.Node) *value.Value) *value.Value {
	r := e.x.opts.Reuse
	if r == nil || r.recorded || !e.reusable() {
		return compute(n)
	}
	before, found, first := e.x.reads, e.x.found, len(r.computed)
	e.x.reads = 0
	v := compute(n)
	if e.x.found == found && e.x.reads&anything == 0 {
		if e.x.reads == 0 {
			// It is the same in all expansions: they need not look for its parts.
			r.computed = r.computed[:first]
		}
		r.computed = append(r.computed, reusable{reuseKey{n, e.settled}, v, e.x.reads})
	}
	e.x.reads |= before
	return v
}
