package edit

import (
	"maps"
	"slices"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/source"
)

// isFlow says whether a collection is written with brackets, as all of JSON is.
func (t *tree) isFlow(n *source.Node) bool {
	return t.json || n.Span.Start < len(t.text) && (t.text[n.Span.Start] == '{' || t.text[n.Span.Start] == '[')
}

// childSpan is the text of a member or element, its name with it.
func childSpan(n *source.Node, i int) source.Span {
	if n.Kind == source.Array {
		return written(n.Items[i])
	}
	return source.Span{Start: n.Fields[i].NameSpan.Start, End: max(n.Fields[i].NameSpan.End, written(n.Fields[i].Value).End)}
}

func childCount(n *source.Node) int { return len(n.Fields) + len(n.Items) }

// written is where a node stands in its parent: the alias, if it is one.
func written(n *source.Node) source.Span {
	if n.Alias != (source.Span{}) {
		return n.Alias
	}
	return n.Span
}

// childIndent is the white space before the children of a collection that has
// them on lines of their own, "" for one that is written on one line.
func (t *tree) childIndent(n *source.Node) string {
	if childCount(n) > 0 {
		if first := childSpan(n, 0).Start; t.startsLine(first) && t.lineStart(first) > n.Span.Start {
			return t.indent(first)
		}
		return ""
	}
	if strings.Contains(string(t.text[n.Span.Start:n.Span.End]), "\n") {
		return t.lineIndent(n.Span.Start) + "  "
	}
	return ""
}

// flowMember is the text of a new member.
func (t *tree) flowMember(n *source.Node, name string, value any) string {
	return t.scalar(name, t.neighbourQuote(n), true) + ": " + t.flowText(value, t.childIndent(n))
}

// neighbourQuote is the quote of the last name of an object.
func (t *tree) neighbourQuote(n *source.Node) byte {
	if len(n.Fields) == 0 {
		return 0
	}
	return t.styleAt(n.Fields[len(n.Fields)-1].NameSpan)
}

// flowText writes a value in flow style; with an indentation, that of its own
// line, collections take a line for each child.
func (t *tree) flowText(value any, indent string) string {
	var open, shut string
	var children []string
	deeper := indent
	if indent != "" {
		deeper += t.unit(indent)
	}
	switch v := value.(type) {
	case map[string]any:
		open, shut = "{", "}"
		for _, name := range slices.Sorted(maps.Keys(v)) {
			children = append(children, t.scalar(name, 0, true)+": "+t.flowText(v[name], deeper))
		}
	case []any:
		open, shut = "[", "]"
		for _, item := range v {
			children = append(children, t.flowText(item, deeper))
		}
	default:
		return t.scalar(value, 0, true)
	}
	if indent == "" || len(children) == 0 {
		return open + strings.Join(children, ", ") + shut
	}
	return open + t.newline + deeper + strings.Join(children, ","+t.newline+deeper) + t.newline + indent + shut
}

// unit is one step of indentation, after the habit of the line that is given.
func (t *tree) unit(indent string) string {
	if strings.HasPrefix(indent, "\t") {
		return "\t"
	}
	return strings.Repeat(" ", t.step())
}

// step is the width of one step of indentation: that of the first line that is
// indented by blanks.
func (t *tree) step() int {
	for line := range strings.Lines(string(t.text)) {
		rest := strings.TrimLeft(line, " ")
		if n := len(line) - len(rest); n > 0 && n <= 8 && strings.TrimSpace(rest) != "" && rest[0] != '#' && rest[0] != '-' {
			return n
		}
	}
	return 2
}

// flowInsert puts the text of a child before child i, or behind the last.
func (t *tree) flowInsert(n *source.Node, i int, text string) ([]Replacement, error) {
	count := childCount(n)
	indent := t.childIndent(n)
	switch {
	case count == 0:
		return []Replacement{t.flowFill(n, text, indent)}, nil
	case i < count:
		at := childSpan(n, i).Start
		if indent != "" && t.startsLine(at) {
			return []Replacement{{at, at, text + "," + t.newline + t.indent(at)}}, nil
		}
		return []Replacement{{at, at, text + ", "}}, nil
	}
	last := childSpan(n, count-1)
	comma, trailing := t.comma(n, last.End)
	end := last.End
	if trailing {
		end = comma + 1
	}
	if indent == "" || !t.startsLine(last.Start) || t.lineEnd(end) >= n.Span.End {
		if trailing {
			return []Replacement{{end, end, " " + text}}, nil
		}
		return []Replacement{{end, end, ", " + text}}, nil
	}
	line := t.lineEnd(end)
	if trailing {
		return []Replacement{{line, line, t.newline + indent + text + ","}}, nil
	}
	return []Replacement{{end, end, ","}, {line, line, t.newline + indent + text}}, nil
}

// flowFill puts the first child into an empty collection.
func (t *tree) flowFill(n *source.Node, text, indent string) Replacement {
	from, to := n.Span.Start+1, n.Span.End-1
	if !isBlank([]byte(strings.ReplaceAll(string(t.text[from:to]), "\n", ""))) {
		// A comment stands in it: keep it.
		to = from
	}
	if indent == "" {
		return Replacement{from, to, text}
	}
	return Replacement{from, to, t.newline + indent + text + t.newline + t.lineIndent(n.Span.Start)}
}

// comma finds the comma behind a child, before the next one or the bracket.
func (t *tree) comma(n *source.Node, from int) (at int, ok bool) {
	for i := from; i < n.Span.End; i++ {
		switch c := t.text[i]; {
		case c == ',':
			return i, true
		case strings.IndexByte(" \t\r\n", c) >= 0:
		case c == '#' && !t.json, c == '/' && t.json && i+1 < len(t.text) && t.text[i+1] == '/':
			i = t.lineEnd(i) - 1
		case c == '/' && t.json && i+1 < len(t.text) && t.text[i+1] == '*':
			end := strings.Index(string(t.text[i:n.Span.End]), "*/")
			if end < 0 {
				return 0, false
			}
			i += end + 1
		default:
			return 0, false
		}
	}
	return 0, false
}

// flowRemove takes out a child with the comma that goes with it, and its lines
// where nothing else stands on them.
func (t *tree) flowRemove(at spot) []Replacement {
	n, i := at.parent, at.index
	span := childSpan(n, i)
	comma, hasComma := t.comma(n, span.End)
	end := span.End
	if hasComma {
		end = comma + 1
	}
	if t.ownsLines(n, span.Start, end) {
		edits := []Replacement{{t.lineStart(span.Start), t.nextLine(end), ""}}
		if !hasComma && i > 0 {
			if before, ok := t.comma(n, childSpan(n, i-1).End); ok && before < t.lineStart(span.Start) {
				edits = append(edits, Replacement{before, before + 1, ""})
			}
		}
		return edits
	}
	switch {
	case i+1 < childCount(n):
		return []Replacement{{span.Start, childSpan(n, i+1).Start, ""}}
	case i > 0:
		return []Replacement{{childSpan(n, i-1).End, span.End, ""}}
	}
	return []Replacement{{span.Start, end, ""}}
}

// ownsLines says whether nothing but a comment shares the lines of a range.
func (t *tree) ownsLines(n *source.Node, start, end int) bool {
	rest := strings.TrimSpace(string(t.text[end:t.lineEnd(end)]))
	alone := rest == "" || strings.HasPrefix(rest, "//") || strings.HasPrefix(rest, "#") && !t.json
	return alone && t.startsLine(start) && t.lineStart(start) > n.Span.Start && t.lineEnd(end) < n.Span.End
}

// inPlace writes a value where another stands, in flow style.
func (t *tree) inPlace(at spot, value any) Replacement {
	span := written(at.node)
	indent := ""
	if at.parent != nil && t.isFlow(at.parent) {
		indent = t.childIndent(at.parent)
	}
	if _, ok := value.(string); ok {
		return Replacement{span.Start, span.End, t.scalar(value, t.styleAt(span), at.parent != nil && t.isFlow(at.parent))}
	}
	return Replacement{span.Start, span.End, t.flowText(value, indent)}
}
