package source

import (
	"bytes"
	"strings"
)

// piece is the text of one YAML document.
type piece struct {
	Span
	// head is the offset of its "---" line, -1 where it has none.
	head int
	// directives is set where lines with "%" stand before the "---".
	directives bool
	// inline is set where the document begins on the line of its "---".
	inline bool
	// dropped is set for text after a "..." without a "---": YAML calls it a
	// document, kubectl never sees it.
	dropped bool
	// glued is the offset of a line that begins with "---" and goes on at
	// once, which kubectl takes for a broken separator; -1 for none.
	glued int
}

// split divides a YAML stream at its "---" and "..." lines, wherever they stand
// at the start of a line, block scalars included: so does kubectl (YAMLReader
// of k8s.io/apimachinery). Directives stay with the document that follows them.
func split(f *File) []piece {
	var pieces []piece
	text := f.Text
	begin := 0
	if bytes.HasPrefix(text, bom) {
		begin = len(bom)
	}
	open := piece{Span: Span{Start: begin}, head: -1, glued: -1}
	content := false    // open holds more than comments and blanks
	directives := false // open holds directives and no more than that
	for at, next := begin, 0; at < len(text); at = next {
		next = nextLine(text, at)
		switch mark := markerOf(text[at:next]); {
		case mark == documentStart:
			if !directives {
				open.End = at
				pieces = append(pieces, open)
				open = piece{Span: Span{Start: at}, glued: -1}
			}
			open.head, open.dropped, open.directives = at, false, directives
			open.inline = inlineText(text[at+3 : next])
			content, directives = open.inline, false
		case mark == documentEnd:
			open.End = at
			pieces = append(pieces, open)
			open = piece{Span: Span{Start: next}, head: -1, dropped: true, glued: -1}
			content, directives = false, false
		case mark == directive && open.head < 0 && !content:
			directives = true
		case mark == gluedStart && open.glued < 0:
			open.glued, content = at, true
		case !content && !directives:
			content = !isBlank(text[at:next])
		}
	}
	open.End = len(text)
	return append(pieces, open)
}

// nextLine returns the offset behind the end of the line that at is in.
func nextLine(text []byte, at int) int {
	end := len(text)
	if i := bytes.IndexByte(text[at:], '\n'); i >= 0 {
		end = at + i + 1
	}
	// A CR ends a line by itself, unless the LF is behind it.
	if i := bytes.IndexByte(text[at:end], '\r'); i >= 0 && !(at+i+2 == end && text[end-1] == '\n') {
		return at + i + 1
	}
	return end
}

type marker uint8

const (
	noMarker marker = iota
	documentStart
	documentEnd
	gluedStart
	directive
)

func markerOf(line []byte) marker {
	if len(line) == 0 {
		return noMarker
	}
	switch line[0] {
	case '%':
		return directive
	case '-':
		if bytes.HasPrefix(line, []byte("---")) {
			if len(line) == 3 || strings.IndexByte(" \t\r\n", line[3]) >= 0 {
				return documentStart
			}
			return gluedStart
		}
	case '.':
		if bytes.HasPrefix(line, []byte("...")) && (len(line) == 3 || strings.IndexByte(" \t\r\n", line[3]) >= 0) {
			return documentEnd
		}
	}
	return noMarker
}

// inlineText reports whether more than blanks and a comment follows a "---".
func inlineText(rest []byte) bool {
	rest = bytes.TrimLeft(rest, " \t\r\n")
	return len(rest) > 0 && rest[0] != '#'
}

// isBlank reports whether a text holds nothing but blanks and comments.
func isBlank(text []byte) bool {
	for i := 0; i < len(text); {
		switch text[i] {
		case ' ', '\t', '\r', '\n':
			i++
		case '#':
			end := bytes.IndexAny(text[i:], "\r\n")
			if end < 0 {
				return true
			}
			i += end
		default:
			return false
		}
	}
	return true
}

// withoutVersions returns the text with its "%YAML" directives blanked, so that
// a "%YAML 1.2", which yaml.v2 refuses, costs nobody a document: what is read
// is the same. The text is a copy where anything was.
func withoutVersions(text []byte, pieces []piece) (out []byte, copied bool) {
	for _, p := range pieces {
		if !p.directives {
			continue
		}
		if !copied {
			text, copied = bytes.Clone(text), true
		}
		for at := p.Start; at < p.head; {
			end := p.head
			if i := bytes.IndexAny(text[at:p.head], "\r\n"); i >= 0 {
				end = at + i
			}
			if bytes.HasPrefix(text[at:end], []byte("%YAML ")) {
				copy(text[at:end], bytes.Repeat([]byte(" "), end-at))
			}
			at = end + 1
		}
	}
	return text, copied
}
