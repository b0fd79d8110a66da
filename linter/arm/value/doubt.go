package value

// maxFrom bounds the number of doubts that a merged one remembers.
const maxFrom = 8

// Merge makes the doubt of a value that was computed from several unknown ones.
// One doubt alone stays itself, so that what it hangs on can still be named;
// several are listed in From, flat and without repetition. It returns nil where
// there is no doubt.
func Merge(text string, at *Origin, doubts ...*Doubt) *Doubt {
	var leaves []*Doubt
	seen := map[*Doubt]bool{}
	add := func(d *Doubt) {
		if d != nil && !seen[d] && len(leaves) < maxFrom {
			seen[d] = true
			leaves = append(leaves, d)
		}
	}
	secret := false
	for _, d := range doubts {
		if d == nil {
			continue
		}
		secret = secret || d.Secret
		if len(d.From) == 0 {
			add(d)
		}
		for _, from := range d.From {
			add(from)
		}
	}
	switch {
	case len(leaves) == 0:
		return nil
	case len(leaves) == 1:
		return leaves[0]
	}
	return &Doubt{Reason: leaves[0].Reason, Expr: text, Secret: secret, Origin: at, From: leaves}
}

// Doubts returns the doubts of the unknown values in v, v itself included, at
// most 8, without repetition.
func (v *Value) Doubts() []*Doubt {
	var found []*Doubt
	v.collect(&found)
	return found
}

func (v *Value) collect(found *[]*Doubt) {
	if !v.HoldsUnknown() || len(*found) >= maxFrom {
		return
	}
	if v.Kind == Unknown {
		for _, d := range *found {
			if d == v.Doubt {
				return
			}
		}
		*found = append(*found, v.Doubt)
		return
	}
	for _, item := range v.Items {
		item.collect(found)
	}
	for _, m := range v.Members {
		m.Value.collect(found)
	}
}
