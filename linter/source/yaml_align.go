package source

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// aligner walks the source of a YAML scalar and its decoded text side by side,
// to find where the scalar ends and which byte came from where. The text is
// known from the parser, so it decides wherever the source leaves a choice.
// Each style returns false where the two do not match.
type aligner struct {
	src  []byte
	pos  int
	text string
	i    int // index in text
	end  int // end of the scalar in src, as far as it is known
	list jumpList
}

// plain aligns a plain scalar.
func (a *aligner) plain() bool {
	a.end, a.list.delta = a.pos, a.pos
	for a.i < len(a.text) {
		if !a.run(false) && !a.same(1) {
			return false
		}
		a.end = a.pos
	}
	return true
}

// quoted aligns a scalar in single or double quotes.
func (a *aligner) quoted() bool {
	a.list.delta = a.pos + 1
	quote := a.src[a.pos]
	a.end = a.pos + 1
	for a.pos++; a.pos < len(a.src); a.end = a.pos {
		c := a.src[a.pos]
		ok := true
		switch {
		case c == quote && quote == '\'' && bytes.HasPrefix(a.src[a.pos:], []byte("''")):
			a.pos++
			ok = a.same(1)
		case c == quote:
			a.list.at(a.i, a.pos)
			a.end = a.pos + 1
			return a.i == len(a.text)
		case c == '\\' && quote == '"':
			ok = a.escape()
		default:
			ok = a.run(false) || a.same(1)
		}
		if !ok {
			return false
		}
	}
	return false
}

// escapeWidths are the lengths of the escapes that give a code point as a number.
var escapeWidths = map[byte]int{'x': 4, 'u': 6, 'U': 10}

// escape aligns a backslash in double quotes: a character or a line break that
// is left out.
func (a *aligner) escape() bool {
	if breakWidth(a.src, a.pos+1) > 0 {
		a.pos++
		return a.run(true)
	}
	if a.i >= len(a.text) || a.pos+1 >= len(a.src) {
		return false
	}
	width := 2
	if w, ok := escapeWidths[a.src[a.pos+1]]; ok {
		width = w
	}
	_, decoded := utf8.DecodeRuneInString(a.text[a.i:])
	a.list.at(a.i, a.pos)
	a.i += decoded
	a.pos += width
	return a.pos <= len(a.src)
}

// run aligns blanks with a line break among them, which are folded: the first
// break is a space, or nothing where more follow or where it is escaped. It
// returns false, and moves nothing, where there is no such run or it does not
// match.
func (a *aligner) run(escaped bool) bool {
	pos := a.pos
	var folded strings.Builder
	breaks := 0
	for pos < len(a.src) {
		width := breakWidth(a.src, pos)
		if width == 0 {
			if a.src[pos] != ' ' && a.src[pos] != '\t' {
				break
			}
			pos++
			continue
		}
		if breaks > 0 || width == 3 && !escaped {
			folded.WriteString(breakText(a.src[pos : pos+width]))
		}
		breaks++
		pos += width
	}
	if breaks == 0 {
		return false
	}
	text := folded.String()
	if text == "" && !escaped {
		text = " "
	}
	if !strings.HasPrefix(a.text[a.i:], text) {
		return false
	}
	a.list.at(a.i, a.pos)
	a.i += len(text)
	a.pos = pos
	return true
}

// breakText is what a line break becomes in the decoded text.
func breakText(source []byte) string {
	if len(source) == 3 { // U+2028, U+2029
		return string(source)
	}
	return "\n"
}

// same aligns n bytes that stand in the source as they do in the text.
func (a *aligner) same(n int) bool {
	if a.i+n > len(a.text) || a.pos+n > len(a.src) || a.text[a.i:a.i+n] != string(a.src[a.pos:a.pos+n]) {
		return false
	}
	a.list.at(a.i, a.pos)
	a.i += n
	a.pos += n
	return true
}

// block aligns a literal or folded block scalar. Its end is that of its last
// line with text; an empty one ends with its header.
func (a *aligner) block() bool {
	a.list.delta = a.pos
	a.end = a.lineEnd(a.pos)
	a.pos = a.end
	a.end = len(bytes.TrimRight(a.src[:a.pos], " \t"))
	indent := -1
	for a.i < len(a.text) {
		if a.pos >= len(a.src) {
			return strings.Trim(a.text[a.i:], "\n\u2028\u2029") == ""
		}
		breakAt := a.pos
		a.pos += breakWidth(a.src, a.pos)
		lineEnd := a.lineEnd(a.pos)
		spaces := lineEnd - a.pos - len(bytes.TrimLeft(a.src[a.pos:lineEnd], " "))
		if indent < 0 && breakWidth([]byte(a.text), a.i) == 0 {
			indent = spaces - (len(a.text) - a.i - len(strings.TrimLeft(a.text[a.i:], " ")))
			breakAt = -1
		}
		if indent >= 0 && lineEnd-a.pos > indent {
			if !a.blockLine(breakAt, a.pos+max(0, min(indent, spaces)), lineEnd) {
				return strings.Trim(a.text[a.i:], "\n\u2028\u2029") == ""
			}
			continue
		}
		if indent < 0 { // an empty line before the first with text
			a.list.at(a.i, lineEnd)
			a.i += len(leadingBreak(a.text[a.i:]))
		}
		a.pos = lineEnd
	}
	return true
}

// blockLine aligns one line with text, and the breaks of the text before it.
func (a *aligner) blockLine(breakAt, start, end int) bool {
	i := a.i
	for breakAt >= 0 && i < len(a.text) {
		width := len(leadingBreak(a.text[i:]))
		if width == 0 && i == a.i && a.text[i] == ' ' {
			width = 1 // a folded break
			i += width
			break
		}
		if width == 0 {
			break
		}
		i += width
	}
	if !strings.HasPrefix(a.text[i:], string(a.src[start:end])) {
		return false
	}
	if i > a.i {
		a.list.at(a.i, breakAt)
	}
	a.list.at(i, start)
	a.i = i + end - start
	a.pos, a.end = end, end
	return true
}

func leadingBreak(text string) string {
	if len(text) == 0 {
		return ""
	}
	head := []byte(text[:min(3, len(text))])
	return text[:min(breakWidth(head, 0), len(text))]
}

func (a *aligner) lineEnd(at int) int {
	for at < len(a.src) && breakWidth(a.src, at) == 0 {
		at++
	}
	return at
}
