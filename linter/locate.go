package linter

import (
	"strings"
	"unicode/utf8"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// maxSourceLine bounds the text of a source line in a report, in characters.
const maxSourceLine = 4096

// placeOf turns a span into a place: one line, since GitHub shows an
// annotation only where all its lines are in the change.
func placeOf(file *source.File, span source.Span) Place {
	start, end := file.Range(span)
	if end.Line != start.Line || end.Column <= start.Column {
		end = source.Position{Line: start.Line, Column: start.Column + 1}
	}
	return Place{
		File: file.Path, Line: start.Line, Column: start.Column, EndLine: end.Line, EndColumn: end.Column,
		Source: cut(file.Line(start.Line), maxSourceLine),
	}
}

func cut(s string, limit int) string {
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	return string([]rune(s)[:limit])
}

// locateNode finds the longest existing prefix of a path below a node. A
// scalar is marked itself; of an object or list the key is marked, since its
// text may run over many lines; the root is marked at its kind.
func locateNode(file *source.File, root *source.Node, path []any) Place {
	node, field, _ := root.Locate(path, false)
	switch {
	case node.Kind != source.Object && node.Kind != source.Array:
		return placeOf(file, node.Span)
	case field != nil:
		return placeOf(file, field.NameSpan)
	case node.Kind == source.Object && len(node.Fields) > 0:
		return placeOf(file, rootField(node).NameSpan)
	}
	return placeOf(file, node.Span)
}

// rootField is the member that stands for a whole object: kind of a manifest,
// type or name of a resource, else the first.
func rootField(node *source.Node) source.Field {
	for _, name := range []string{"kind", "type", "name"} {
		for _, f := range node.Fields {
			if strings.EqualFold(f.Name, name) {
				return f
			}
		}
	}
	return node.Fields[0]
}

// maxRelated bounds the places that a finding relates to.
const maxRelated = 8

// related lists where a value came from: the variable, the parameter default
// or file, the loop, the nested deployment, the linked file.
func related(origin *value.Origin) []Related {
	var list []Related
	for o := origin; o != nil && len(list) < maxRelated; o = o.From {
		if o == origin && o.Step == value.Literal || o.File == nil {
			continue
		}
		if text := describeStep(o); text != "" {
			place := placeOf(o.File, o.Span)
			if n := len(list); n > 0 && list[n-1].Place == place && list[n-1].Message == text {
				continue
			}
			list = append(list, Related{Place: place, Message: text})
		}
	}
	return list
}
