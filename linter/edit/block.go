package edit

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/source"
)

// colon is the offset behind the colon of a member in block style.
func (t *tree) colon(f *source.Field) int {
	at := f.NameSpan.End
	for at < len(t.text) && (t.text[at] == ' ' || t.text[at] == '\t') {
		at++
	}
	if at < len(t.text) && t.text[at] == ':' {
		return at + 1
	}
	return f.NameSpan.End
}

// isLeftOut says whether a value is not written at all: "key:".
func isLeftOut(n *source.Node) bool {
	return n.Kind == source.Null && n.Alias == (source.Span{}) && n.Span.Start == n.Span.End
}

// memberEnd is the end of a member's text.
func (t *tree) memberEnd(f *source.Field) int {
	if isLeftOut(f.Value) {
		return t.colon(f)
	}
	return max(t.colon(f), t.end(f.Value))
}

// end is the end of a node's text. That of a collection is its last child's.
func (t *tree) end(n *source.Node) int {
	if n.Alias == (source.Span{}) && !t.isFlow(n) {
		if len(n.Fields) > 0 {
			return t.memberEnd(&n.Fields[len(n.Fields)-1])
		}
		if len(n.Items) > 0 {
			return max(n.Span.Start, t.end(n.Items[len(n.Items)-1]))
		}
	}
	return written(n).End
}

// blockMember adds a member behind the last one of a mapping in block style.
func (t *tree) blockMember(n *source.Node, name string, value any) ([]Replacement, error) {
	if len(n.Fields) == 0 {
		return nil, errors.New("an object without members is not in block style")
	}
	for i := range n.Fields {
		if n.Fields[i].Merged {
			return nil, ErrShared
		}
	}
	indent := t.indent(n.Fields[0].NameSpan.Start)
	text := t.scalar(name, 0, false) + ":" + t.blockText(value, indent)
	return []Replacement{t.lineBehind(t.memberEnd(&n.Fields[len(n.Fields)-1]), indent+text)}, nil
}

// lineBehind puts a line behind the one in which a text ends.
func (t *tree) lineBehind(end int, line string) Replacement {
	if end > 0 && t.text[end-1] == '\n' {
		return Replacement{end, end, line + t.newline}
	}
	at := t.lineEnd(end)
	return Replacement{at, at, t.newline + line}
}

// blockText is what stands behind a colon or a dash: a scalar on the same
// line, a collection on lines of its own. indent is that of the parent.
func (t *tree) blockText(value any, indent string) string {
	deeper := indent + strings.Repeat(" ", t.step())
	var b strings.Builder
	switch v := value.(type) {
	case map[string]any:
		if len(v) == 0 {
			return " {}"
		}
		for _, name := range slices.Sorted(maps.Keys(v)) {
			b.WriteString(t.newline + deeper + t.scalar(name, 0, false) + ":" + t.blockText(v[name], deeper))
		}
		return b.String()
	case []any:
		if len(v) == 0 {
			return " []"
		}
		for _, item := range v {
			b.WriteString(t.newline + deeper + "- " + t.flowText(item, ""))
		}
		return b.String()
	}
	return " " + t.scalar(value, 0, false)
}

// blockItem adds an element to a sequence in block style.
func (t *tree) blockItem(n *source.Node, i int, value any) ([]Replacement, error) {
	if len(n.Items) == 0 || t.text[n.Span.Start] != '-' {
		return nil, errors.New("an array without dashes is not in block style")
	}
	indent := t.indent(n.Span.Start)
	line := indent + "- " + t.flowText(value, "")
	if i < len(n.Items) {
		start := t.lineStart(written(n.Items[i]).Start)
		return []Replacement{{start, start, line + t.newline}}, nil
	}
	return []Replacement{t.lineBehind(t.end(n), line)}, nil
}

// blockRemove takes out a member or an element with its lines. The last one
// leaves an empty collection.
func (t *tree) blockRemove(at spot) []Replacement {
	n := at.parent
	if childCount(n) == 1 {
		return []Replacement{t.emptied(n)}
	}
	start, end := 0, t.end(at.node)
	if n.Kind == source.Object {
		start, end = at.field().NameSpan.Start, t.memberEnd(at.field())
	} else {
		value := written(at.node).Start
		// The element begins with its dash. An element that is left out at the end of
		// the text has its place behind that.
		start = value
		for start > n.Span.Start && t.text[start-1] != '\n' && !(start < value && t.text[start] == '-' && isBlank(t.text[start+1:value])) {
			start--
		}
	}
	if t.startsLine(start) {
		return []Replacement{{t.lineStart(start), t.nextLine(end), ""}}
	}
	if at.index+1 < childCount(n) {
		// The first one stands behind the dash of an outer sequence: the next
		// takes its place.
		return []Replacement{{start, childSpan(n, at.index+1).Start, ""}}
	}
	return []Replacement{{start, end, ""}}
}

// emptied makes a collection in block style an empty one in flow style.
func (t *tree) emptied(n *source.Node) Replacement {
	text := "{}"
	if n.Kind == source.Array {
		text = "[]"
	}
	start, end := n.Span.Start, t.end(n)
	if end > 0 && t.text[end-1] == '\n' {
		text += t.newline
	}
	for start > 0 && strings.IndexByte(" \t\r\n", t.text[start-1]) >= 0 {
		start--
	}
	if n != t.root && start > 0 && (t.text[start-1] == ':' || t.text[start-1] == '-') {
		text = " " + text
	} else {
		start = n.Span.Start
	}
	return Replacement{start, end, text}
}

// blockValue writes the value of a member in block style anew.
func (t *tree) blockValue(at spot, value any) []Replacement {
	f := at.field()
	isCollection := false
	switch v := value.(type) {
	case map[string]any:
		isCollection = len(v) > 0
	case []any:
		isCollection = len(v) > 0
	}
	old := f.Value
	inline := old.Kind != source.Object && old.Kind != source.Array || t.isFlow(old) || old.Alias != (source.Span{})
	if !isCollection && inline && !isLeftOut(old) && old.Style != source.Block {
		return []Replacement{t.inPlace(at, value)}
	}
	start, end := t.colon(f), t.memberEnd(f)
	text := t.blockText(value, t.indent(f.NameSpan.Start))
	if !isCollection || !inline {
		if end > start && t.text[end-1] == '\n' {
			text += t.newline
		}
		return []Replacement{{start, end, text}}
	}
	// The lines of the value stand below a comment behind the colon.
	line := t.lineEnd(end)
	return []Replacement{{start, end, ""}, {line, line, text}}
}
