package expr

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/aksnetlint/aksnetlint/linter/source"
)

// tokenKind classes a token.
type tokenKind uint8

const (
	tokenEnd tokenKind = iota
	tokenBad
	tokenName
	tokenString
	tokenNumber
	tokenDot
	tokenComma
	tokenOpenParen
	tokenCloseParen
	tokenOpenBracket
	tokenCloseBracket
)

// String names the kind as it reads in a message.
func (k tokenKind) String() string {
	return [...]string{
		"the end of the expression", "a character", "a name", "a string", "a number",
		"'.'", "','", "'('", "')'", "'['", "']'",
	}[k]
}

// token is one token; text is the name, the decoded string, the number, or the
// reason why the token is bad.
type token struct {
	kind tokenKind
	text string
	span source.Span
}

// lexer reads tokens from text[pos:end].
type lexer struct {
	text     string
	pos, end int
}

var punctuation = map[byte]tokenKind{
	'.': tokenDot, ',': tokenComma, '(': tokenOpenParen, ')': tokenCloseParen,
	'[': tokenOpenBracket, ']': tokenCloseBracket,
}

func (l *lexer) scan() token {
	l.skipSpace()
	start := l.pos
	if start >= l.end {
		return token{kind: tokenEnd, span: source.Span{Start: l.end, End: l.end}}
	}
	c := l.text[start]
	if kind, ok := punctuation[c]; ok {
		l.pos++
		return l.token(kind, "", start)
	}
	switch {
	case c == '\'':
		return l.scanString()
	case isNameStart(c):
		for l.pos < l.end && (isNameStart(l.text[l.pos]) || isDigit(l.text[l.pos])) {
			l.pos++
		}
		return l.token(tokenName, l.text[start:l.pos], start)
	case isDigit(c), c == '-' && start+1 < l.end && isDigit(l.text[start+1]):
		return l.scanNumber()
	}
	_, size := utf8.DecodeRuneInString(l.text[start:l.end])
	l.pos += size
	return l.token(tokenBad, fmt.Sprintf("the character '%s' is not expected.", l.text[start:l.pos]), start)
}

func (l *lexer) token(kind tokenKind, text string, start int) token {
	return token{kind: kind, text: text, span: source.Span{Start: start, End: l.pos}}
}

// skipSpace passes white space, line breaks too: they may stand between any
// two tokens.
func (l *lexer) skipSpace() {
	for l.pos < l.end {
		r, size := utf8.DecodeRuneInString(l.text[l.pos:l.end])
		if !unicode.IsSpace(r) {
			return
		}
		l.pos += size
	}
}

// scanString reads a string in single quotes; two quotes stand for one.
func (l *lexer) scanString() token {
	start := l.pos
	var text strings.Builder
	rest := l.text[start+1 : l.end]
	for {
		quote := strings.IndexByte(rest, '\'')
		if quote < 0 {
			l.pos = l.end
			return l.token(tokenBad, "the string has no closing quote.", start)
		}
		if quote+1 == len(rest) || rest[quote+1] != '\'' {
			l.pos = l.end - len(rest) + quote + 1
			if text.Len() == 0 {
				return l.token(tokenString, rest[:quote], start)
			}
			text.WriteString(rest[:quote])
			return l.token(tokenString, text.String(), start)
		}
		text.WriteString(rest[:quote+1])
		rest = rest[quote+2:]
	}
}

// scanNumber reads an integer or a number with a fraction.
func (l *lexer) scanNumber() token {
	start := l.pos
	l.pos++
	l.skipDigits()
	if l.pos+1 < l.end && l.text[l.pos] == '.' && isDigit(l.text[l.pos+1]) {
		l.pos++
		l.skipDigits()
	}
	if l.pos < l.end && isNameStart(l.text[l.pos]) {
		for l.pos < l.end && (isNameStart(l.text[l.pos]) || isDigit(l.text[l.pos])) {
			l.pos++
		}
		return l.token(tokenBad, fmt.Sprintf("'%s' is not a number.", l.text[start:l.pos]), start)
	}
	return l.token(tokenNumber, l.text[start:l.pos], start)
}

func (l *lexer) skipDigits() {
	for l.pos < l.end && isDigit(l.text[l.pos]) {
		l.pos++
	}
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// isNameStart says whether a byte may start a name. Names hold letters,
// digits, _, $ and #; letters outside of ASCII do not occur.
func isNameStart(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '$' || c == '#'
}
