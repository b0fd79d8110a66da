package value

// Truth is the answer to a question about values that may be unknown.
type Truth uint8

// The answers.
const (
	No Truth = iota
	Yes
	Maybe
)

// Equal compares two values deeply: strings and the names of members by their
// exact spelling, an integer never equals a number with a fraction, the order
// of members does not count. The answer is Maybe where it hangs on an unknown
// value; two unknowns with the same stand-in or the same doubt alone are equal.
func Equal(a, b *Value) Truth {
	if a == b && a.Kind != Unknown {
		return Yes
	}
	if a.Kind == Unknown || b.Kind == Unknown {
		if a.Kind == b.Kind && a.Str != "" && a.Str == b.Str {
			return Yes
		}
		return Maybe
	}
	if a.Kind != b.Kind {
		return No
	}
	switch a.Kind {
	case Bool:
		return truth(a.Bool == b.Bool)
	case Int:
		return truth(a.Int == b.Int)
	case Float:
		return truth(a.Float == b.Float)
	case String:
		return truth(a.Str == b.Str)
	case Array:
		return equalItems(a.Items, b.Items)
	case Object:
		return equalMembers(a, b)
	}
	return Yes
}

func truth(b bool) Truth {
	if b {
		return Yes
	}
	return No
}

func equalItems(a, b []*Value) Truth {
	if len(a) != len(b) {
		return No
	}
	answer := Yes
	for i := range a {
		switch Equal(a[i], b[i]) {
		case No:
			return No
		case Maybe:
			answer = Maybe
		}
	}
	return answer
}

func equalMembers(a, b *Value) Truth {
	if len(a.Members) != len(b.Members) {
		return No
	}
	answer := Yes
	for i := range a.Members {
		at := b.Find(a.Members[i].Name)
		if at < 0 || b.Members[at].Name != a.Members[i].Name {
			return No
		}
		switch Equal(a.Members[i].Value, b.Members[at].Value) {
		case No:
			return No
		case Maybe:
			answer = Maybe
		}
	}
	return answer
}

// Size is the number of values in v, itself included, counted no further than
// limit.
func (v *Value) Size(limit int64) int64 {
	if v == nil || limit <= 0 {
		return 0
	}
	n := int64(1)
	for _, item := range v.Items {
		if n >= limit {
			return n
		}
		n += item.Size(limit - n)
	}
	for i := range v.Members {
		if n >= limit {
			return n
		}
		n += v.Members[i].Value.Size(limit - n)
	}
	return n
}
