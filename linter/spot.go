package linter

import (
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// valueSpot is the place of a value: of a scalar itself, of an object or list
// its key.
type valueSpot struct {
	file   *source.File
	span   source.Span
	origin *value.Origin
}

// locateValue finds the longest existing prefix of a path below a value, names
// compared without regard to case.
func locateValue(v *value.Value, path []any) valueSpot {
	spot := rootSpot(v)
	for _, step := range path {
		parent := v
		var name source.Span
		v, name = child(v, step)
		if v == nil {
			break
		}
		scalar := v.Kind != value.Object && v.Kind != value.Array
		switch {
		case v.Origin != nil && v.Origin.File != nil && (scalar || name == source.Span{}):
			spot = valueSpot{v.Origin.File, v.Origin.Span, v.Origin}
		case parent.Origin != nil && parent.Origin.File != nil && name != source.Span{}:
			spot = valueSpot{parent.Origin.File, name, v.Origin}
		}
	}
	return spot
}

// rootSpot marks a whole resource at its type or name.
func rootSpot(v *value.Value) valueSpot {
	if v == nil {
		return valueSpot{}
	}
	if v.Origin != nil && v.Origin.File != nil {
		for _, name := range []string{"type", "name"} {
			for _, m := range v.Members {
				if strings.EqualFold(m.Name, name) && m.NameSpan != (source.Span{}) {
					return valueSpot{v.Origin.File, m.NameSpan, v.Origin}
				}
			}
		}
		return valueSpot{v.Origin.File, v.Origin.Span, v.Origin}
	}
	return valueSpot{}
}

func child(v *value.Value, step any) (*value.Value, source.Span) {
	switch step := step.(type) {
	case string:
		for i := range v.Members {
			if strings.EqualFold(v.Members[i].Name, step) {
				return v.Members[i].Value, v.Members[i].NameSpan
			}
		}
	case int:
		if step >= 0 && step < len(v.Items) {
			return v.Items[step], source.Span{}
		}
	}
	return nil, source.Span{}
}
