package source

import (
	"bytes"
	"context"
	"fmt"
)

// stream reads the documents of a YAML file one after the other.
type stream struct {
	ctx  context.Context
	file *File
	// text is the file's with its version directives blanked, if there are any.
	text     []byte
	blanked  bool
	limits   Limits
	docs     []*Document
	problems []Problem
	// index is that of the next document.
	index int
	// loose are the comments of empty documents, for the next one.
	loose []Comment
	// quick reads plain documents.
	quick *quickReader
	// full keeps quick from them, for tests.
	full bool
}

func (s *stream) read() {
	pieces := split(s.file)
	s.text, s.blanked = withoutVersions(s.file.Text, pieces)
	s.quick = newQuickReader(s.text)
	defer s.quick.done()
	for _, p := range pieces {
		if s.ctx.Err() != nil {
			s.fail(Interrupted, p.Span, "reading was interrupted: "+s.ctx.Err().Error())
			return
		}
		if !s.hasContent(p) {
			s.loose = appendComments(s.loose, s.file.Text, p.Span, nil)
			continue
		}
		if s.index == s.limits.Documents {
			s.fail(Limit, s.firstLine(p.Span), fmt.Sprintf("file has more than %d documents", s.limits.Documents))
			return
		}
		s.piece(p)
		s.index++
	}
	if len(s.loose) > 0 && len(s.docs) > 0 {
		last := s.docs[len(s.docs)-1]
		last.Comments = append(last.Comments, s.loose...)
	}
}

// hasContent reports whether a piece is more than its "---" line, directives,
// comments and blanks.
func (s *stream) hasContent(p piece) bool {
	if p.inline {
		return true
	}
	start := p.Start
	if p.head >= 0 {
		start = p.head + len("---")
	}
	return !isBlank(bytes.TrimPrefix(s.file.Text[start:p.End], bom))
}

// piece reads one document. A document that kubectl would not read because of
// its separator is read all the same: what else is wrong with it shows at once.
func (s *stream) piece(p piece) {
	switch {
	case p.dropped:
		s.fail(Separator, s.firstLine(p.Span), `kubectl drops what follows "..." without a "---"`)
		return
	case p.inline:
		s.fail(Separator, s.firstLine(Span{p.head, p.End}), `kubectl refuses text after "---" on the same line`)
	case p.glued >= 0:
		s.fail(Separator, s.firstLine(Span{p.glued, p.End}), `kubectl refuses a line that begins with "---" and goes on`)
	}
	if p.End-p.Start > s.limits.DocumentBytes {
		s.fail(Limit, s.firstLine(p.Span), fmt.Sprintf("document has %d bytes, the limit is %d", p.End-p.Start, s.limits.DocumentBytes))
		return
	}
	if s.jsonStream(p) {
		return
	}
	doc, err := s.document(p)
	if err != nil && p.inline {
		return // the line has its problem already, and this one may come of it
	}
	if err != nil {
		s.fail(err.kind, err.span, err.message)
		return
	}
	doc.Index = s.index
	if len(s.loose) > 0 {
		doc.Comments = append(s.loose, doc.Comments...)
		s.loose = nil
	}
	s.docs = append(s.docs, doc)
}

// jsonStream reads several JSON values one behind the other, which kubectl takes
// at the start of a file (YAMLOrJSONDecoder of k8s.io/apimachinery).
func (s *stream) jsonStream(p piece) bool {
	if s.index > 0 || p.head >= 0 || !looksLikeJSON(s.file.Text[p.Start:p.End]) {
		return false
	}
	docs, ok := readJSONStream(s.ctx, s.file, p.Span, s.limits, s.limits.Documents)
	if !ok || len(docs) < 2 {
		return false
	}
	docs[0].Comments = append(s.loose, docs[0].Comments...)
	s.loose = nil
	for i, doc := range docs {
		doc.Index = i
	}
	s.docs = docs
	s.index = len(docs) - 1
	return true
}

// document reads a piece as kubectl does: as JSON where it is that, else as
// YAML.
func (s *stream) document(p piece) (*Document, *fault) {
	body := p.Span
	if p.head == p.Start && !p.inline {
		body.Start += len("---")
	}
	if looksLikeJSON(s.file.Text[body.Start:body.End]) {
		doc, err := readJSON(s.ctx, s.file, body, s.limits)
		if err == nil && !doc.Lenient {
			doc.Span = p.Span
			return doc, nil
		}
	}
	doc := &Document{File: s.file, Format: YAML, Span: p.Span}
	if !s.full {
		var ok bool
		if doc.Root, doc.Comments, ok = s.quick.read(p.Span, s.limits); ok {
			if !s.blanked {
				doc.stock = s.quick.stock
			}
			return doc, nil
		}
	}
	var err *fault
	if doc.Root, doc.Comments, err = readYAML(s.text, p.Span, s.limits); err != nil {
		return nil, err
	}
	return doc, nil
}

func looksLikeJSON(text []byte) bool {
	text = bytes.TrimLeft(bytes.TrimPrefix(text, bom), " \t\r\n")
	return len(text) > 0 && text[0] == '{'
}

func (s *stream) fail(kind ProblemKind, span Span, message string) {
	s.problems = append(s.problems, Problem{File: s.file, Kind: kind, Span: span, Index: s.index, Message: message})
}

// firstLine cuts a span at the end of its first line that is not blank.
func (s *stream) firstLine(span Span) Span {
	return firstLine(s.file.Text, span)
}

func firstLine(text []byte, span Span) Span {
	body := text[span.Start:span.End]
	start := len(body) - len(bytes.TrimLeft(body, " \t\r\n"))
	end := len(body)
	if i := bytes.IndexAny(body[start:], "\r\n"); i >= 0 {
		end = start + i
	}
	return Span{span.Start + start, span.Start + end}
}

// fault is why one document could not be read.
type fault struct {
	kind    ProblemKind
	span    Span
	message string
}
