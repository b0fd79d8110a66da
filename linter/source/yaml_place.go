package source

import (
	"bytes"
	"strings"
	"unicode/utf8"

	yamlv3 "go.yaml.in/yaml/v3"
)

// placer finds where the nodes of a yaml.v3 tree stand in the file. yaml.v3
// gives line and column of a node's start, its tag and anchor included; the
// rest is read off the text.
type placer struct {
	text []byte // the file up to the end of the document
	// lines holds the offset of each line by the rules of YAML 1.1, to which
	// U+0085, U+2028 and U+2029 are line breaks; a text is bounded far below
	// 2 GiB.
	lines []int32
	// The last place asked for: nodes come in order, and a line may be long.
	line, column, at int
}

func newPlacer(text []byte, span Span) placer {
	p := placer{text: text[:span.End], lines: make([]int32, 1, 2+bytes.Count(text[span.Start:span.End], []byte("\n")))}
	p.lines[0] = int32(span.Start)
	for i := span.Start; i < span.End; {
		width := breakWidth(p.text, i)
		if width == 0 {
			i++
			continue
		}
		i += width
		p.lines = append(p.lines, int32(i))
	}
	return p
}

// breakWidth returns the length of the YAML line break at i, 0 for none.
func breakWidth(text []byte, i int) int {
	if i >= len(text) {
		return 0
	}
	switch text[i] {
	case '\n':
		return 1
	case '\r':
		if i+1 < len(text) && text[i+1] == '\n' {
			return 2
		}
		return 1
	case 0xC2:
		if i+1 < len(text) && text[i+1] == 0x85 {
			return 2
		}
	case 0xE2:
		if i+2 < len(text) && text[i+1] == 0x80 && (text[i+2] == 0xA8 || text[i+2] == 0xA9) {
			return 3
		}
	}
	return 0
}

// offset returns the byte offset of a line and column, both counted from 1,
// columns in code points.
func (p *placer) offset(line, column int) int {
	if line < 1 || line > len(p.lines) {
		return len(p.text)
	}
	if line != p.line || column < p.column {
		p.line, p.column, p.at = line, 1, int(p.lines[line-1])
	}
	for p.column < column && p.at < len(p.text) {
		_, width := utf8.DecodeRune(p.text[p.at:])
		p.at += width
		p.column++
	}
	return p.at
}

// alias returns the span of "*name".
func (p *placer) alias(n *yamlv3.Node) Span {
	start := p.offset(n.Line, n.Column)
	return Span{start, min(start+len("*")+len(n.Value), len(p.text))}
}

// collection returns where the content of a mapping or sequence begins. What
// precedes its first key may be properties of that key, so only its own are
// skipped.
func (p *placer) collection(n *yamlv3.Node) int {
	start := p.offset(n.Line, n.Column)
	if n.Anchor == "" && n.Style&yamlv3.TaggedStyle == 0 {
		return start
	}
	start, _, _ = p.skipProperties(n, start)
	return start
}

// skipProperties skips the anchor and the tag of a node and what stands
// between them and its value. It returns the offset of the value, the end of
// the last property (at itself where there is none), and the tag.
func (p *placer) skipProperties(n *yamlv3.Node, at int) (value, end int, tag string) {
	anchor := n.Anchor != ""
	// yaml.v3 does not show the tag "!". That of an empty scalar is one on the
	// same line, lest it be that of the next node.
	tagged := n.Style&yamlv3.TaggedStyle != 0
	start := at
	hidden := func() bool {
		return n.Kind == yamlv3.ScalarNode && tag == "" && (n.Value != "" || at < p.lineEnd(start))
	}
	end = at
	for at < len(p.text) {
		switch c := p.text[at]; {
		case c == '&' && anchor:
			anchor = false
			end = min(at+len("&")+len(n.Anchor), len(p.text))
		case c == '!' && (tagged || hidden()):
			tagged = false
			for end = at; end < len(p.text) && p.text[end] != ' ' && p.text[end] != '\t' && breakWidth(p.text, end) == 0; end++ {
			}
			tag = string(p.text[at:end])
		default:
			return at, end, tag
		}
		at = p.skipSpace(end)
	}
	return end, end, tag
}

// skipSpace skips blanks, line breaks and comments.
func (p *placer) skipSpace(at int) int {
	for at < len(p.text) {
		if width := breakWidth(p.text, at); width > 0 {
			at += width
			continue
		}
		switch {
		case p.text[at] == ' ', p.text[at] == '\t':
			at++
		case p.text[at] == '#' && (at == 0 || strings.IndexByte(" \t\r\n", p.text[at-1]) >= 0):
			at = p.lineEnd(at)
		default:
			return at
		}
	}
	return at
}

// lineEnd returns the offset of the next line break.
func (p *placer) lineEnd(at int) int {
	for at < len(p.text) && breakWidth(p.text, at) == 0 {
		at++
	}
	return at
}

// closing returns the end of a collection whose last child ends at last: behind
// its bracket in flow style, else that end itself.
func (p *placer) closing(start, last int) int {
	if start >= len(p.text) {
		return last
	}
	bracket := map[byte]byte{'[': ']', '{': '}'}[p.text[start]]
	if bracket == 0 {
		return last
	}
	at := max(last, start+1)
	for {
		at = p.skipSpace(at)
		switch {
		case at == len(p.text):
			return last
		case p.text[at] == bracket:
			return at + 1
		case p.text[at] == ',' || p.text[at] == ':' || p.text[at] == '?':
			at++
		default:
			return last
		}
	}
}

// placed is where a scalar stands and how it was written.
type placed struct {
	span  Span
	style Style
	jumps []jump
	// opaque is the part in which a "#" is no comment.
	opaque Span
	// nonSpecific is set for the tag "!": the value is a string.
	nonSpecific bool
}

func (p *placer) scalar(n *yamlv3.Node) placed {
	var out placed
	start, properties, tag := p.skipProperties(n, p.offset(n.Line, n.Column))
	if n.Value == "" && n.Style&^yamlv3.TaggedStyle == 0 { // there is no value to be found
		start = properties
	}
	out.nonSpecific = tag == "!"
	a := aligner{src: p.text, pos: start, text: n.Value}
	var ok bool
	bodyStart := start
	switch {
	case n.Style&(yamlv3.DoubleQuotedStyle|yamlv3.SingleQuotedStyle) != 0:
		out.style = Quoted
		ok = a.quoted()
	case n.Style&(yamlv3.LiteralStyle|yamlv3.FoldedStyle) != 0:
		out.style = Block
		bodyStart = p.lineEnd(start)
		ok = a.block()
	default:
		ok = a.plain()
	}
	out.span, out.jumps = Span{start, a.end}, a.list.jumps
	if !ok {
		out.span.End, out.jumps = max(start, min(a.end, p.lineEnd(start))), nil
	}
	out.opaque = Span{bodyStart, max(a.end, bodyStart)}
	return out
}
