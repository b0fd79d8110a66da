package linter

import (
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/engine"
)

// textIndex lists objects by the texts that they hold in an annotation or directly
// below spec, so that a rule finds those that ask for the same thing without
// a look at each: texts leads from a text, in lower case and without blanks around it, to
// indexes into the objects; unknown are the indexes of objects that hold a
// value there which is not known.
func textIndex(objects []any) map[string]any {
	texts, unknown := map[string][]any{}, []any{}
	for i, o := range objects {
		held, open := heldTexts(o)
		for text := range held {
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

// heldTexts are the texts of one object; open is set where one is not known.
func heldTexts(o any) (held map[string]bool, open bool) {
	held = map[string]bool{}
	add := func(v any) {
		switch v := v.(type) {
		case string:
			held[strings.ToLower(strings.TrimSpace(v))] = true
		case *engine.Unknown:
			open = true
		}
	}
	object, _ := o.(map[string]any)
	add(object["spec"])
	add(object["metadata"])
	metadata, _ := object["metadata"].(map[string]any)
	add(metadata["annotations"])
	for _, part := range []any{metadata["annotations"], object["spec"]} {
		members, _ := part.(map[string]any)
		for _, v := range members {
			add(v)
		}
	}
	return held, open
}
