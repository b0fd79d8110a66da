package abstract

import (
	"math"

	"github.com/open-policy-agent/opa/v1/ast"
)

// answer is the outcome of comparing values.
type answer uint8

const (
	no answer = iota
	yes
	maybe
)

// equal compares two values; the taint says what a maybe hangs on.
func (in *Interpreter) equal(a, b ast.Value) (answer, taint) {
	if ground(a) && ground(b) {
		if a.Compare(b) == 0 {
			return yes, nil
		}
		return no, nil
	}
	if ia := in.unknown(a); ia != nil {
		if a.Compare(b) == 0 && !ia.hasPossible() {
			return yes, nil
		}
		return in.equalUnknown(ia, a, b)
	}
	if ib := in.unknown(b); ib != nil {
		return in.equalUnknown(ib, b, a)
	}
	switch a := a.(type) {
	case *ast.Array:
		if b, ok := b.(*ast.Array); ok {
			return in.equalArrays(a, b)
		}
	case ast.Object:
		if b, ok := b.(ast.Object); ok {
			return in.equalObjects(a, b)
		}
	}
	return no, nil
}

func (i *info) hasPossible() bool {
	for _, m := range i.members {
		if m.st.possible {
			return true
		}
	}
	return false
}

// equalUnknown compares an unknown value with another: what is known of their
// types and sizes may rule equality out.
func (in *Interpreter) equalUnknown(i *info, v, other ast.Value) (answer, taint) {
	t := in.taintOf(v).union(in.taintOf(other))
	if k := in.kindOf(other); i.kind != anyKind && k != anyKind && i.kind != k {
		return no, nil
	}
	if _, null := other.(ast.Null); null && i.kind != anyKind {
		return no, nil
	}
	if i.bounded {
		if low, high, ok := in.bounds(other); ok && (high < i.low || low > i.high) {
			return no, nil
		}
	}
	if i.closed {
		low, high, ok := in.size(v)
		olow, ohigh, ook := in.size(other)
		if ok && ook && (ohigh < low || olow > high) {
			return no, nil
		}
	}
	in.touch(t)
	return maybe, t
}

func (in *Interpreter) equalArrays(a, b *ast.Array) (answer, taint) {
	if a.Len() != b.Len() {
		return no, nil
	}
	out, t := yes, taint(nil)
	for i := range a.Len() {
		switch ans, more := in.equal(a.Elem(i).Value, b.Elem(i).Value); ans {
		case no:
			return no, nil
		case maybe:
			out, t = maybe, t.union(more)
		}
	}
	return out, t
}

func (in *Interpreter) equalObjects(a, b ast.Object) (answer, taint) {
	out, t := yes, taint(nil)
	weaken := func(more taint) { out, t = maybe, t.union(more) }
	one := func(x, y ast.Object, compare bool) bool {
		same := true
		x.Foreach(func(k, v *ast.Term) {
			absent, mayMiss := in.mayBeAbsent(v.Value)
			other := y.Get(k)
			switch {
			case other == nil && mayMiss:
				weaken(absent)
			case other == nil:
				same = false
			case compare:
				switch ans, more := in.equal(v.Value, other.Value); ans {
				case no:
					same = false
				case maybe:
					weaken(more)
				}
			}
		})
		return same
	}
	if !one(a, b, true) || !one(b, a, false) {
		return no, nil
	}
	return out, t
}

// kindOf is the kind of any value; anyKind where it is not known. Null has no
// kind of its own: nothing known can equal it but null.
func (in *Interpreter) kindOf(v ast.Value) kind {
	switch v := v.(type) {
	case ast.Boolean:
		return boolKind
	case ast.Number:
		return numberKind
	case ast.String:
		return stringKind
	case *ast.Array:
		return arrayKind
	case ast.Set:
		return setKind
	case ast.Object:
		return objectKind
	case ast.Var:
		return in.unknowns.of(v).kind
	}
	return anyKind
}

// size bounds the number of members of a container; ok is false for others and
// for containers that are not known at all.
func (in *Interpreter) size(v ast.Value) (low, high int, ok bool) {
	switch v := v.(type) {
	case *ast.Array:
		return v.Len(), v.Len(), true
	case ast.Set:
		return v.Len(), v.Len(), true
	case ast.Object:
		low = v.Len()
		if !ground(v) {
			v.Foreach(func(_, x *ast.Term) {
				if _, miss := in.mayBeAbsent(x.Value); miss {
					low--
				}
			})
		}
		return low, v.Len(), true
	case ast.Var:
		i := in.unknowns.of(v)
		if !i.closed {
			return 0, 0, false
		}
		for _, m := range i.members {
			// Members of a set that are not ground may turn out equal.
			if !m.st.possible && (i.kind != setKind || low == 0 || ground(m.val)) {
				low++
			}
		}
		if i.kind == setKind && low > 1 {
			low = in.distinct(i)
		}
		if anyMany(i.members) {
			return low, math.MaxInt32, true
		}
		return low, len(i.members), true
	}
	return 0, 0, false
}

// distinct is how many members a set has at least.
func (in *Interpreter) distinct(i *info) int {
	n := 0
	for _, m := range i.members {
		if !m.st.possible && ground(m.val) {
			n++
		}
	}
	return max(n, 1)
}

// bounds of a whole number that is known or bounded.
func (in *Interpreter) bounds(v ast.Value) (low, high int, ok bool) {
	switch v := v.(type) {
	case ast.Number:
		n, whole := v.Int()
		return n, n, whole
	case ast.Var:
		i := in.unknowns.of(v)
		return i.low, i.high, i.bounded
	}
	return 0, 0, false
}

// truth says whether a value makes a statement hold: all but false do.
func (in *Interpreter) truth(v ast.Value) (answer, taint) {
	if i := in.unknown(v); i != nil {
		if i.kind == anyKind || i.kind == boolKind {
			in.touch(i.taint)
			return maybe, i.taint
		}
		return yes, nil
	}
	if b, ok := v.(ast.Boolean); ok && !bool(b) {
		return no, nil
	}
	return yes, nil
}
