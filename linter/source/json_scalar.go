package source

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode/utf16"
	"unicode/utf8"
)

// quoted reads a string from its opening quote to behind the closing one. Raw
// control characters are taken as they stand, since templates hold them, but
// not NUL.
func (r *jsonReader) quoted() (string, []jump, *fault) {
	start := r.pos
	end, escaped, err := r.stringEnd()
	if err != nil {
		return "", nil, err
	}
	r.pos = end + 1
	raw := r.cut(start+1, end)
	if !utf8.ValidString(raw) {
		at := start + 1 + firstInvalid(raw)
		return "", nil, r.fault(Encoding, at, fmt.Sprintf("byte 0x%02x is no UTF-8", r.src[at]))
	}
	if !escaped {
		return raw, nil, nil
	}
	var text strings.Builder
	text.Grow(len(raw))
	jumps := jumpList{delta: start + 1}
	for at := start + 1; at < end; {
		jumps.at(text.Len(), at)
		if r.src[at] != '\\' {
			verbatim, _, _ := strings.Cut(r.cut(at, end), `\`)
			text.WriteString(verbatim)
			at += len(verbatim)
			continue
		}
		c, width := unescape(r.cut(at, end))
		if width == 0 {
			return "", nil, &fault{Syntax, Span{at, min(at+2, end)}, "escape is not one that JSON knows: " + strconv.Quote(r.cut(at, min(at+2, end)))}
		}
		text.WriteRune(c)
		at += width
	}
	jumps.at(text.Len(), end)
	return text.String(), jumps.jumps, nil
}

// cut returns the text between two offsets of the file.
func (r *jsonReader) cut(start, end int) string { return r.text[start-r.base : end-r.base] }

// stringEnd finds the closing quote of the string at pos.
func (r *jsonReader) stringEnd() (end int, escaped bool, err *fault) {
	for at := r.pos + 1; at < len(r.src); at++ {
		switch c := r.src[at]; {
		case c == '"':
			return at, escaped, nil
		case c == '\\':
			escaped = true
			at++
		case c == 0:
			return 0, false, r.fault(Syntax, at, "string holds a NUL byte")
		case c < ' ':
			r.lenient = true
		}
	}
	return 0, false, &fault{Syntax, firstLine(r.src, Span{r.pos, len(r.src)}), "string is never closed"}
}

var shortEscapes = map[byte]rune{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// unescape decodes the escape that s begins with; width 0 for one that is none.
// A lone surrogate becomes U+FFFD, as in encoding/json.
func unescape(s string) (c rune, width int) {
	if len(s) < 2 {
		return 0, 0
	}
	if s[1] != 'u' {
		c, ok := shortEscapes[s[1]]
		if !ok {
			return 0, 0
		}
		return c, 2
	}
	c, ok := hexRune(s)
	if !ok {
		return 0, 0
	}
	if !utf16.IsSurrogate(c) {
		return c, 6
	}
	if low, ok := hexRune(s[6:]); ok {
		if pair := utf16.DecodeRune(c, low); pair != utf8.RuneError {
			return pair, 12
		}
	}
	return utf8.RuneError, 6
}

// hexRune decodes the "\uXXXX" that s begins with.
func hexRune(s string) (rune, bool) {
	if len(s) < 6 || s[0] != '\\' || s[1] != 'u' {
		return 0, false
	}
	var c rune
	for _, d := range []byte(s[2:6]) {
		digit := strings.IndexByte("0123456789abcdef", d|0x20)
		if digit < 0 || d < '0' {
			return 0, false
		}
		c = c<<4 | rune(digit)
	}
	return c, true
}

var jsonNumber = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$`) })

func (r *jsonReader) number() (*Node, *fault) {
	literal := r.bareWord()
	span := Span{r.pos, r.pos + len(literal)}
	if !jsonNumber().MatchString(literal) {
		return nil, &fault{Syntax, span, "not a JSON number: " + strconv.Quote(clip(literal))}
	}
	r.pos = span.End
	return numberNode(literal, span), nil
}

// numberNode makes an Int or a Float of a JSON number.
func numberNode(literal string, span Span) *Node {
	n := &Node{Kind: Int, Text: literal, Span: span}
	if strings.ContainsAny(literal, ".eE") {
		n.Kind = Float
	}
	return n
}

func (r *jsonReader) word() (*Node, *fault) {
	literal := r.bareWord()
	span := Span{r.pos, r.pos + len(literal)}
	n := &Node{Span: span}
	switch literal {
	case "null":
	case "true", "false":
		n.Kind, n.Text = Bool, literal
	case "":
		return nil, r.unexpected("a value")
	default:
		return nil, &fault{Syntax, span, "not a JSON value: " + strconv.Quote(clip(literal))}
	}
	r.pos = span.End
	return n, nil
}

// bareWord returns the run of letters, digits, signs and points at pos.
func (r *jsonReader) bareWord() string {
	end := r.pos
	for end < len(r.src) {
		c := r.src[end]
		if c != '+' && c != '-' && c != '.' && c != '_' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
			break
		}
		end++
	}
	return r.cut(r.pos, end)
}

// clip shortens what is quoted in a message.
func clip(s string) string {
	const most = 40
	if len(s) <= most {
		return s
	}
	return s[:most] + "..."
}

func firstInvalid(s string) int {
	for i, c := range s {
		if c == utf8.RuneError {
			if _, width := utf8.DecodeRuneInString(s[i:]); width == 1 {
				return i
			}
		}
	}
	return len(s)
}
