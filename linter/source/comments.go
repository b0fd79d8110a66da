package source

import (
	"bytes"
	"sort"
	"strings"
)

// appendComments adds the YAML comments of a span. opaque are the scalars in
// it, where a "#" is no comment.
func appendComments(comments []Comment, text []byte, span Span, opaque []Span) []Comment {
	sort.Slice(opaque, func(i, j int) bool { return opaque[i].Start < opaque[j].Start })
	for at := span.Start; at < span.End; {
		i := bytes.IndexByte(text[at:span.End], '#')
		if i < 0 {
			break
		}
		at += i
		for len(opaque) > 0 && opaque[0].End <= at {
			opaque = opaque[1:]
		}
		if len(opaque) > 0 && opaque[0].Start <= at {
			at = opaque[0].End
			continue
		}
		if !afterBlank(text, at) {
			at++
			continue
		}
		end := span.End
		if i := bytes.IndexAny(text[at:span.End], "\r\n"); i >= 0 {
			end = at + i
		}
		comments = append(comments, newComment(text, Span{at, end}, Span{at + 1, end}))
		at = end
	}
	return comments
}

// newComment makes a comment; body is its text without the markers.
func newComment(text []byte, span, body Span) Comment {
	return Comment{
		Text:    strings.TrimSpace(string(text[body.Start:body.End])),
		Span:    span,
		OwnLine: startsLine(text, span.Start),
	}
}

func afterBlank(text []byte, at int) bool {
	return at == 0 || strings.IndexByte(" \t\r\n", text[at-1]) >= 0 || bytes.HasSuffix(text[:at], bom)
}

// startsLine reports whether nothing but blanks stands before an offset.
func startsLine(text []byte, at int) bool {
	for at > 0 && (text[at-1] == ' ' || text[at-1] == '\t') {
		at--
	}
	return at == 0 || text[at-1] == '\n' || text[at-1] == '\r' || at == len(bom) && bytes.HasPrefix(text, bom)
}
