package edit

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// lineBreak is how the lines of a text end.
func lineBreak(text []byte) string {
	if bytes.Contains(text, []byte("\r\n")) {
		return "\r\n"
	}
	return "\n"
}

func (t *tree) lineStart(at int) int {
	return bytes.LastIndexByte(t.text[:at], '\n') + 1
}

// lineEnd is the offset of the line break behind an offset.
func (t *tree) lineEnd(at int) int {
	i := bytes.IndexByte(t.text[at:], '\n')
	if i < 0 {
		return len(t.text)
	}
	end := at + i
	if end > at && t.text[end-1] == '\r' {
		end--
	}
	return end
}

// nextLine is the offset of the line behind the one that holds the byte before
// an offset.
func (t *tree) nextLine(at int) int {
	if at > 0 && t.text[at-1] == '\n' {
		return at
	}
	i := bytes.IndexByte(t.text[at:], '\n')
	if i < 0 {
		return len(t.text)
	}
	return at + i + 1
}

// startsLine says whether only blanks stand before an offset on its line.
func (t *tree) startsLine(at int) bool {
	return isBlank(t.text[t.lineStart(at):at])
}

func isBlank(text []byte) bool {
	return len(bytes.Trim(text, " \t\r")) == 0
}

// indent is the white space that brings a line to the column of an offset.
func (t *tree) indent(at int) string {
	before := t.text[t.lineStart(at):at]
	if isBlank(before) {
		return string(before)
	}
	return strings.Repeat(" ", utf8.RuneCount(before))
}

// lineIndent is the white space that the line of an offset begins with.
func (t *tree) lineIndent(at int) string {
	line := t.text[t.lineStart(at):]
	return string(line[:len(line)-len(bytes.TrimLeft(line, " \t"))])
}
