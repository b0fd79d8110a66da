package arm

import (
	"github.com/aksnetlint/aksnetlint/linter/arm/value"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// Locate follows a path of names (strings) and indices (ints) in the
// resource's value as far as it exists, names without regard to case. It returns where
// that stands and the number of steps taken: the first origin is where the user must
// edit, From leads to where the value came from. Of an object or an array it
// is the name, since the text may run over many lines.
func (r *Resource) Locate(path []any) (*value.Origin, int) {
	at, depth := r.Value, 0
	origin := r.Origin
	for _, step := range path {
		next, span := child(at, step)
		if next == nil {
			break
		}
		holder := at.Origin
		at = next
		depth++
		switch {
		case at.Origin == nil:
			continue
		case span != (source.Span{}) && (at.Kind == value.Object || at.Kind == value.Array) && holder != nil:
			named := *at.Origin
			named.File, named.Span = holder.File, span
			origin = &named
		default:
			origin = at.Origin
		}
	}
	return origin, depth
}

// child returns the member or element that a step leads to, with the place of
// its name.
func child(v *value.Value, step any) (*value.Value, source.Span) {
	switch step := step.(type) {
	case string:
		if i := v.Find(step); i >= 0 {
			return v.Members[i].Value, v.Members[i].NameSpan
		}
	case int:
		if v != nil && v.Kind == value.Array && step >= 0 && step < len(v.Items) {
			return v.Items[step], source.Span{}
		}
	}
	return nil, source.Span{}
}
