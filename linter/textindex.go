package linter

import (
	"slices"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/source"
)

// textIndex lists objects by the texts that they hold in an annotation or directly
// below spec, so that a rule finds those that ask for the same thing without
// a look at each: texts leads from a text, in lower case and without blanks around it, to
// indexes into the objects; unknown are the indexes of objects that hold a
// value there which is not known.
func textIndex(objects []object) map[string]any {
	texts, unknown := map[string][]any{}, []any{}
	for i, o := range objects {
		held, open := o.heldTexts()
		for _, text := range held {
			texts[text] = append(texts[text], i)
		}
		if open {
			unknown = append(unknown, i)
		}
	}
	byText := make(map[string]any, len(texts))
	for text, indexes := range texts {
		byText[text] = indexes
	}
	return map[string]any{"texts": byText, "unknown": unknown}
}

// heldTexts are the texts of one object, each once; open is set where one is not known.
func heldTexts(object *source.Node) (held []string, open bool) {
	add := func(n *source.Node) {
		switch {
		case n == nil || n.Kind != source.String:
		case isUnfilled(n.Text):
			open = true
		default:
			held = append(held, strings.ToLower(strings.TrimSpace(n.Text)))
		}
	}
	spec, metadata := object.Get("spec"), object.Get("metadata")
	annotations := get(metadata, "annotations")
	for _, part := range []*source.Node{metadata, annotations, spec} {
		add(part)
	}
	for _, part := range []*source.Node{annotations, spec} {
		if part == nil || part.Kind != source.Object {
			continue
		}
		for _, f := range part.Fields {
			if !f.Overridden {
				add(f.Value)
			}
		}
	}
	slices.Sort(held)
	return slices.Clip(slices.Compact(held)), open
}
