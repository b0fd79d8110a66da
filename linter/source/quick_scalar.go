package source

import (
	"encoding/json"
	"strings"
)

// token is a plain or quoted scalar.
type token struct {
	start, end int
	style      Style
	text       string
	jumps      []jump
}

// token reads the scalar at i in a block.
func (q *quickReader) token(i int) (token, bool) {
	switch q.at(i) {
	case '\'':
		return q.single(i)
	case '"':
		return q.double(i)
	}
	return q.plain(i)
}

// startsPlain are the bytes that may begin a plain scalar, "-" aside.
var startsPlain = byteSet(func(c byte) bool {
	return c > ' ' && c != 0x7F && strings.IndexByte("-?:,[]{}#&*!|>'\"%@`", c) < 0
})

// endsPlain are the bytes at which a plain scalar in a block may end.
var endsPlain = byteSet(func(c byte) bool { return strings.IndexByte(" \t\r\n:", c) >= 0 })

func byteSet(has func(c byte) bool) (set [256]bool) {
	for c := range set {
		set[c] = has(byte(c))
	}
	return set
}

// isPlainStart reports whether a plain scalar may begin at i.
func (q *quickReader) isPlainStart(i int) bool {
	c := q.at(i)
	return startsPlain[c] || c == '-' && !q.blankAt(i+1)
}

// plain reads a plain scalar on one line.
func (q *quickReader) plain(i int) (token, bool) {
	if !q.isPlainStart(i) {
		return token{}, false
	}
	end, ok := q.plainEnd(i)
	return token{start: i, end: end, text: q.s[i:end]}, ok
}

// plainEnd returns where the text of a plain scalar ends on the line of i: at
// the end of the line, before a comment, or at the ":" that makes it a key.
func (q *quickReader) plainEnd(i int) (int, bool) {
	for end := i; end < len(q.s); end++ {
		c := q.s[end]
		if !endsPlain[c] {
			continue
		}
		switch c {
		case ' ':
			next := q.spaces(end)
			if c := q.at(next); c == '#' || q.blankAt(next) {
				return end, true
			} else if c == ':' && q.blankAt(next+1) {
				return end, false
			}
			end = next - 1
		case ':':
			if q.blankAt(end + 1) {
				return end, true
			}
		case '\t':
			return end, false
		default:
			return end, true
		}
	}
	return len(q.s), true
}

// folded reads on a plain scalar whose first line is t: the line at hand
// belongs to it, and those that follow as long as they are deeper than its
// collection and no comment comes between.
func (q *quickReader) folded(t token, col int) (token, bool) {
	q.text = append(q.text[:0], t.text...)
	list := jumpList{delta: t.start}
	for comments := len(q.comments); q.col > col && len(q.comments) == comments; {
		breaks := strings.Count(q.s[t.end:q.line], "\n")
		q.writeBreaks(breaks-1, true)
		end, ok := q.plainEnd(q.pos)
		if !ok || q.at(end) == ':' {
			return t, false
		}
		list.at(len(q.text), q.pos)
		q.text = append(q.text, q.s[q.pos:end]...)
		t.end, q.pos = end, end
		if !q.endLine() || !q.next() {
			return t, false
		}
	}
	t.text, t.jumps = string(q.text), list.jumps
	return t, true
}

// writeBreaks writes the line breaks between two lines with text that have some
// blank lines between them.
func (q *quickReader) writeBreaks(blanks int, fold bool) {
	switch {
	case !fold:
		q.text = append(q.text, '\n')
	case blanks == 0:
		q.text = append(q.text, ' ')
	}
	for range blanks {
		q.text = append(q.text, '\n')
	}
}

// single reads a scalar in single quotes.
func (q *quickReader) single(i int) (token, bool) {
	start := i + 1
	var text []byte
	list := jumpList{delta: start}
	for {
		k := strings.IndexByte(q.s[start:], '\'')
		if k < 0 || strings.IndexByte(q.s[start:start+k], '\n') >= 0 {
			return token{}, false
		}
		end := start + k
		if q.at(end+1) != '\'' {
			return q.quoted(i, start, end, text, list), true
		}
		text = append(text, q.s[start:end]...)
		list.at(len(text), end+1)
		text = append(text, '\'')
		start = end + 2
	}
}

// simpleEscapes are the escapes of double quotes that are read here.
var simpleEscapes = [256]byte{'n': '\n', 't': '\t', 'r': '\r', '"': '"', '\\': '\\'}

// double reads a scalar in double quotes.
func (q *quickReader) double(i int) (token, bool) {
	start := i + 1
	var text []byte
	list := jumpList{delta: start}
	for end := start; ; {
		switch c := q.at(end); {
		case c == '"':
			return q.quoted(i, start, end, text, list), true
		case c == '\n' || c == 0:
			return token{}, false
		case c == '\\':
			char := simpleEscapes[q.at(end+1)]
			if char == 0 {
				return token{}, false
			}
			if end > start {
				list.at(len(text), start)
				text = append(text, q.s[start:end]...)
			}
			list.at(len(text), end)
			text = append(text, char)
			end += 2
			start = end
		default:
			end++
		}
	}
}

// quoted makes the token of a quoted scalar at i whose closing quote is at end;
// text is what was read of it before start.
func (q *quickReader) quoted(i, start, end int, text []byte, list jumpList) token {
	t := token{start: i, end: end + 1, style: Quoted}
	if text == nil {
		t.text = q.s[start:end]
		return t
	}
	if end > start {
		list.at(len(text), start)
		text = append(text, q.s[start:end]...)
	}
	list.at(len(text), end)
	t.text, t.jumps = string(text), list.jumps
	return t
}

// scalar makes the node of a scalar.
func (q *quickReader) scalar(t token) (*Node, bool) {
	kind, ok := String, true
	if t.style == Plain {
		kind, ok = plainKind(t.text)
	}
	if !ok {
		return nil, false
	}
	n := q.node(kind, t.start)
	n.Style, n.Span.End, n.jumps = t.style, t.end, t.jumps
	switch kind {
	case Null:
	case Bool:
		n.Text = strings.ToLower(t.text)
	case Float:
		literal, err := json.Marshal(resolvePlain(t.text))
		if err != nil {
			return nil, false
		}
		number := numberNode(string(literal), n.Span)
		n.Kind, n.Text = number.Kind, number.Text
	default:
		n.Text = t.text
	}
	return n, true
}

// mayBeOther are the first bytes of plain scalars that may be no text.
var mayBeOther = byteSet(func(c byte) bool { return strings.IndexByte("yYnNtTfFoO~<.+-0123456789", c) >= 0 })

// plainKind tells what a plain scalar is; false for what only some readers
// take for a boolean, a number or a time.
func plainKind(s string) (Kind, bool) {
	switch c := s[0]; {
	case !mayBeOther[c]:
		return String, true
	case c == '<':
		return String, s != "<<"
	case c <= '9':
		return numberKind(s)
	case len(s) > len("false"):
		return String, true
	}
	switch s {
	case "true", "True", "TRUE", "false", "False", "FALSE":
		return Bool, true
	case "null", "Null", "NULL", "~":
		return Null, true
	}
	_, other := plainWords[s]
	return String, !other
}

// inNumbers are the bytes of which the numbers of all notations consist.
var inNumbers = byteSet(func(c byte) bool { return strings.IndexByte("0123456789abcdefABCDEFxXoO_.+-", c) >= 0 })

// numberKind is plainKind for what begins as a number does.
func numberKind(s string) (Kind, bool) {
	const exact = 15 // digits that a float64 holds
	if kind, ok := decimalKind(s); ok {
		return kind, len(s) <= exact
	}
	if len(s) > 4 && s[4] == '-' && isDigits(s[:4]) { // a time
		return String, false
	}
	if s[0] != '.' && !strings.HasPrefix(s[1:], ".") {
		for i := 1; i < len(s); i++ {
			if !inNumbers[s[i]] {
				return String, true
			}
		}
	}
	_, text := resolvePlain(s).(string)
	return String, text
}

// decimalKind recognises integers and numbers with a point as everyone writes
// them.
func decimalKind(s string) (Kind, bool) {
	digits := strings.TrimPrefix(s, "-")
	whole, fraction, point := strings.Cut(digits, ".")
	if !isDigits(whole) || whole[0] == '0' && (len(whole) > 1 || len(digits) < len(s)) {
		return String, false
	}
	if point {
		return Float, isDigits(fraction)
	}
	return Int, true
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
