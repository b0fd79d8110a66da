package abstract

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
)

// taint is a sorted set of indexes of the input's unknowns.
type taint []int

func (t taint) union(o taint) taint {
	switch {
	case len(o) == 0:
		return t
	case len(t) == 0:
		return o
	case slices.Equal(t, o):
		return t
	}
	out := make(taint, 0, len(t)+len(o))
	out = append(append(out, t...), o...)
	slices.Sort(out)
	return slices.Compact(out)
}

// state is how sure a solution is.
type state struct {
	possible bool
	// many marks a solution that stands for any number of them: the members
	// of a container that is not known.
	many  bool
	taint taint
}

// certain is the state of a solution that no unknown influenced.
var certain state

// and is the state of a solution that needs both.
func (s state) and(o state) state {
	return state{s.possible || o.possible, s.many || o.many, s.taint.union(o.taint)}
}

// hanging is the state of a solution that also hangs on the unknowns.
func (s state) hanging(t taint) state {
	return state{true, s.many, s.taint.union(t)}
}

// severally is the state of any number of solutions.
func (s state) severally(t taint) state {
	return state{true, true, s.taint.union(t)}
}

// kind is what is known of the type of an unknown value.
type kind uint8

const (
	anyKind kind = iota
	boolKind
	numberKind
	stringKind
	arrayKind
	setKind
	objectKind
)

// info is what is known of an unknown value.
type info struct {
	kind  kind
	taint taint
	// root marks an unknown of the input: as the value of a property it may
	// turn out to be absent.
	root bool
	// members are the members of an array, set or object of which some are only
	// possible; members of an array are in order.
	members []member
	// closed marks a container that has no members but these.
	closed bool
	// bounded marks a whole number between low and high.
	bounded   bool
	low, high int
	// ofTexts marks an object of which all members are texts.
	ofTexts bool
	// composed says how it was made; nil where it cannot be told.
	composed *composition
}

// member is one member of a container: key is set for objects.
type member struct {
	key, val ast.Value
	st       state
}

// unknowns holds all that is known of unknown values.
type unknowns struct {
	// info is of the input's unknowns, derived of computed ones by number.
	info    map[ast.Var]*info
	derived []*info
	roots   []ast.Var
	// inside are the unknowns that arrays and objects contain, by identity.
	inside map[ast.Value]taint
	// withheld is the taint of all values that are withheld.
	withheld taint
}

// Withheld is what Member.Unknowns and the unknowns that a verdict touched name
// for every object that is withheld: it stands in the input as a variable because no
// verdict is expected to look at it.
const Withheld = ast.Var("?w")

// WithheldObject is the variable that stands for an object that is withheld.
// Different objects have different numbers.
func WithheldObject(number int) ast.Var { return Withheld + ast.Var(strconv.Itoa(number)) }

// hidden is what is known of a variable that stands for a value that is withheld,
// nil for another one.
func (u *unknowns) hidden(v ast.Var) *info {
	if !strings.HasPrefix(string(v), string(Withheld)) {
		return nil
	}
	if u.withheld == nil {
		u.withheld = taint{len(u.roots)}
		u.roots = append(u.roots, Withheld)
	}
	return &info{kind: objectKind, taint: u.withheld}
}

// derivedPrefix starts the names of computed unknowns, before their number.
const derivedPrefix = "?d"

// of is what is known of a variable; a variable without info is one of the
// input.
func (u *unknowns) of(v ast.Var) *info {
	if number, ok := strings.CutPrefix(string(v), derivedPrefix); ok {
		if n, err := strconv.Atoi(number); err == nil && n < len(u.derived) {
			return u.derived[n]
		}
	}
	if i, ok := u.info[v]; ok {
		return i
	}
	i := u.hidden(v)
	if i == nil {
		i = &info{root: true, taint: taint{len(u.roots)}}
		u.roots = append(u.roots, v)
	}
	u.info[v] = i
	return i
}

// present makes a variable one of the input that is there, of a type.
func (u *unknowns) present(v ast.Var, typ string) {
	i := &info{kind: kindNamed(typ), taint: taint{len(u.roots)}}
	switch typ {
	case ObjectOfTexts:
		i.kind, i.ofTexts = objectKind, true
	case PortNumber:
		i.kind, i.bounded, i.low, i.high = numberKind, true, MinPort, MaxPort
	}
	u.info[v] = i
	u.roots = append(u.roots, v)
}

// add makes a new unknown value.
func (u *unknowns) add(i *info) ast.Value {
	u.derived = append(u.derived, i)
	if n := len(u.derived) - 1; n >= len(derivedNames()) {
		return derivedName(n)
	}
	return derivedNames()[len(u.derived)-1]
}

func derivedName(n int) ast.Value { return ast.Var(derivedPrefix + strconv.Itoa(n)) }

// derivedNames are the first of the names, which every input needs again.
var derivedNames = sync.OnceValue(func() []ast.Value {
	names := make([]ast.Value, 1024)
	for n := range names {
		names[n] = derivedName(n)
	}
	return names
})

func (u *unknowns) names(t taint) []ast.Var {
	out := make([]ast.Var, len(t))
	for i, index := range t {
		out[i] = u.roots[index]
	}
	return out
}

// derive makes an unknown value that was computed from others.
func (in *Interpreter) derive(k kind, t taint) ast.Value {
	in.touch(t)
	return in.unknowns.add(&info{kind: k, taint: t})
}

func (in *Interpreter) touch(t taint) { in.touched = in.touched.union(t) }

// unknown is what is known of the value if it is an unknown one, else nil.
func (in *Interpreter) unknown(v ast.Value) *info {
	if name, ok := v.(ast.Var); ok {
		return in.unknowns.of(name)
	}
	return nil
}

// mayBeAbsent reports whether a property with this value may turn out to be
// missing, and on which unknowns that hangs.
func (in *Interpreter) mayBeAbsent(v ast.Value) (taint, bool) {
	if i := in.unknown(v); i != nil && i.root {
		return i.taint, true
	}
	return nil, false
}

// taintOf are the unknowns that a value is or contains.
func (in *Interpreter) taintOf(v ast.Value) taint {
	if v == nil || ground(v) {
		return nil
	}
	switch v := v.(type) {
	case ast.Var:
		i := in.unknowns.of(v)
		t := i.taint
		for _, m := range i.members {
			t = t.union(m.st.taint).union(in.taintOf(m.key)).union(in.taintOf(m.val))
		}
		return t
	case *ast.Array, ast.Object:
		t, ok := in.unknowns.inside[v]
		if !ok {
			t = in.taintInside(v)
			in.unknowns.inside[v] = t
		}
		return t
	}
	return nil
}

// taintInside are the unknowns that an array or object contains.
func (in *Interpreter) taintInside(v ast.Value) (t taint) {
	switch v := v.(type) {
	case *ast.Array:
		v.Foreach(func(x *ast.Term) { t = t.union(in.taintOf(x.Value)) })
	case ast.Object:
		v.Foreach(func(_, x *ast.Term) { t = t.union(in.taintOf(x.Value)) })
	}
	return t
}

// ground reports whether a value holds no unknown. Values, unlike terms of a
// module, hold no references, so that OPA's notion serves.
func ground(v ast.Value) bool { return v.IsGround() }
