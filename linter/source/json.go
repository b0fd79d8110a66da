package source

import (
	"bytes"
	"context"
	"fmt"
	"unicode/utf8"
)

// jsonReader reads one JSON text into nodes. It is written by hand because no
// library at hand gives all that is needed: exact offsets of keys, values and
// errors, bounds, duplicate keys, and the leniences of Azure Resource Manager
// (comments, trailing commas, raw line breaks in strings). Object and array
// nesting is the only recursion, and that is bounded.
type jsonReader struct {
	ctx  context.Context
	file *File
	src  []byte
	// text is src from base on as a string, so that most nodes share it.
	text   string
	base   int
	pos    int
	limits Limits
	nodes  int
	// lenient is set once strict JSON would have refused the text.
	lenient  bool
	comments []Comment
	// fields and items are those of the objects and arrays that are being read, of the
	// inner ones after those of the outer.
	fields []Field
	items  []*Node
}

// parseJSON reads a file that is one JSON text; nil for one without a value.
func parseJSON(ctx context.Context, file *File, limits Limits) (*Document, *Problem) {
	if len(bytes.TrimLeft(bytes.TrimPrefix(file.Text, bom), " \t\r\n")) == 0 {
		return nil, nil
	}
	doc, err := readJSON(ctx, file, Span{0, len(file.Text)}, limits)
	if err != nil {
		return nil, &Problem{File: file, Kind: err.kind, Span: err.span, Message: err.message}
	}
	return doc, nil
}

// readJSON reads the one JSON text in a span.
func readJSON(ctx context.Context, file *File, span Span, limits Limits) (*Document, *fault) {
	r := newJSONReader(ctx, file, span, limits)
	doc, err := r.document(span)
	if err != nil {
		return nil, err
	}
	if r.pos < len(r.src) {
		return nil, r.unexpected("the end of the text: a JSON file holds one value")
	}
	return doc, nil
}

// readJSONStream reads the JSON texts that stand one behind the other in a
// span, at most a number of them; ok is unset where one is not strict JSON.
func readJSONStream(ctx context.Context, file *File, span Span, limits Limits, most int) (docs []*Document, ok bool) {
	r := newJSONReader(ctx, file, span, limits)
	for start := span.Start; len(docs) < most; start = r.pos {
		doc, err := r.document(Span{Start: start, End: span.End})
		if err != nil || doc.Lenient {
			return nil, false
		}
		doc.Span.End = r.pos
		if docs = append(docs, doc); r.pos >= len(r.src) {
			return docs, true
		}
	}
	return nil, false
}

func newJSONReader(ctx context.Context, file *File, span Span, limits Limits) *jsonReader {
	src := file.Text[:span.End]
	r := &jsonReader{ctx: ctx, file: file, src: src, text: string(src[span.Start:]), base: span.Start, pos: span.Start, limits: limits}
	if bytes.HasPrefix(src[span.Start:], bom) {
		r.pos += len(bom)
	}
	return r
}

// document reads one value and the blanks and comments around it.
func (r *jsonReader) document(span Span) (*Document, *fault) {
	if err := r.space(); err != nil {
		return nil, err
	}
	root, err := r.value(0)
	if err != nil {
		return nil, err
	}
	if err := r.space(); err != nil {
		return nil, err
	}
	return &Document{File: r.file, Format: JSON, Root: root, Span: span, Comments: r.comments, Lenient: r.lenient}, nil
}

func (r *jsonReader) value(depth int) (*Node, *fault) {
	if r.nodes++; r.nodes > r.limits.Nodes {
		return nil, r.fault(Limit, r.pos, fmt.Sprintf("document has more than %d values", r.limits.Nodes))
	}
	if r.pos >= len(r.src) {
		return nil, r.unexpected("a value")
	}
	switch c := r.src[r.pos]; {
	case c == '{' || c == '[':
		if depth == r.limits.Depth {
			return nil, r.fault(Limit, r.pos, fmt.Sprintf("nesting is deeper than %d", r.limits.Depth))
		}
		if c == '{' {
			return r.object(depth)
		}
		return r.array(depth)
	case c == '"':
		start := r.pos
		text, jumps, err := r.quoted()
		if err != nil {
			return nil, err
		}
		return &Node{Kind: String, Style: Quoted, Text: text, Span: Span{start, r.pos}, jumps: jumps}, nil
	case c == '-' || '0' <= c && c <= '9':
		return r.number()
	}
	return r.word()
}

// object and array differ in what one element is; the commas are the same.

func (r *jsonReader) object(depth int) (*Node, *fault) {
	n := &Node{Kind: Object, Span: Span{Start: r.pos}}
	first := len(r.fields)
	err := r.elements('}', "a name in double quotes", func() *fault {
		if r.src[r.pos] != '"' {
			return r.unexpected("a name in double quotes")
		}
		start := r.pos
		name, _, err := r.quoted()
		if err != nil {
			return err
		}
		f := Field{Name: name, NameSpan: Span{start, r.pos}}
		if err := r.space(); err != nil {
			return err
		}
		if r.pos >= len(r.src) || r.src[r.pos] != ':' {
			return r.unexpected(`":"`)
		}
		r.pos++
		if err := r.space(); err != nil {
			return err
		}
		if f.Value, err = r.value(depth + 1); err != nil {
			return err
		}
		r.fields = append(r.fields, f)
		return nil
	})
	n.Fields, r.fields = taken(r.fields, first)
	markOverridden(n.Fields)
	n.Span.End = r.pos
	return n, err
}

func (r *jsonReader) array(depth int) (*Node, *fault) {
	n := &Node{Kind: Array, Span: Span{Start: r.pos}}
	first := len(r.items)
	err := r.elements(']', "a value", func() *fault {
		item, err := r.value(depth + 1)
		r.items = append(r.items, item)
		return err
	})
	n.Items, r.items = taken(r.items, first)
	n.Span.End = r.pos
	return n, err
}

// taken copies what stands from an index on, so that the copy has no room to spare, and
// cuts it off.
func taken[T any](list []T, first int) (copied, rest []T) {
	if first < len(list) {
		copied = append(make([]T, 0, len(list)-first), list[first:]...)
	}
	return copied, list[:first]
}

// elements reads from the opening bracket to behind the closing one.
func (r *jsonReader) elements(closing byte, want string, element func() *fault) *fault {
	opening := r.pos
	r.pos++
	for first := true; ; first = false {
		if err := r.ctx.Err(); err != nil {
			return r.fault(Interrupted, r.pos, "reading was interrupted: "+err.Error())
		}
		if err := r.space(); err != nil {
			return err
		}
		switch {
		case r.pos >= len(r.src):
			return r.unclosed(opening)
		case r.src[r.pos] == closing:
			r.pos++
			r.lenient = r.lenient || !first
			return nil
		case r.src[r.pos] == ',':
			return r.unexpected(want)
		}
		if err := element(); err != nil {
			return err
		}
		if err := r.space(); err != nil {
			return err
		}
		switch {
		case r.pos >= len(r.src):
			return r.unclosed(opening)
		case r.src[r.pos] == closing:
			r.pos++
			return nil
		case r.src[r.pos] != ',':
			return r.unexpected(fmt.Sprintf("\",\" or %q", string(closing)))
		}
		r.pos++
	}
}

// space skips blanks and comments.
func (r *jsonReader) space() *fault {
	for r.pos < len(r.src) {
		switch r.src[r.pos] {
		case ' ', '\t', '\r', '\n':
			r.pos++
		case '/':
			if err := r.comment(); err != nil {
				return err
			}
		default:
			return nil
		}
	}
	return nil
}

func (r *jsonReader) comment() *fault {
	start, rest := r.pos, r.src[r.pos:]
	span, body := Span{start, len(r.src)}, Span{start + 2, len(r.src)}
	switch {
	case bytes.HasPrefix(rest, []byte("//")):
		if i := bytes.IndexAny(rest, "\r\n"); i >= 0 {
			span.End, body.End = start+i, start+i
		}
	case bytes.HasPrefix(rest, []byte("/*")):
		i := bytes.Index(rest[2:], []byte("*/"))
		if i < 0 {
			return &fault{Syntax, Span{start, start + 2}, `comment has no end: "*/" is missing`}
		}
		body.End = start + 2 + i
		span.End = body.End + 2
	default:
		return r.unexpected("a value or a comment")
	}
	r.lenient = true
	r.comments = append(r.comments, newComment(r.src, span, body))
	r.pos = span.End
	return nil
}

func (r *jsonReader) unclosed(opening int) *fault {
	return &fault{Syntax, Span{opening, opening + 1}, fmt.Sprintf("%q is never closed", string(r.src[opening]))}
}

// unexpected says what stands at pos in place of what was wanted.
func (r *jsonReader) unexpected(want string) *fault {
	if r.pos >= len(r.src) {
		return r.fault(Syntax, r.pos, "the text ends where there should be "+want)
	}
	c, width := utf8.DecodeRune(r.src[r.pos:])
	if c == utf8.RuneError && width == 1 {
		return r.fault(Encoding, r.pos, fmt.Sprintf("byte 0x%02x is no UTF-8", r.src[r.pos]))
	}
	return r.fault(Syntax, r.pos, fmt.Sprintf("found %q where there should be %s", c, want))
}

// fault is a problem with the character at an offset.
func (r *jsonReader) fault(kind ProblemKind, at int, message string) *fault {
	_, width := utf8.DecodeRune(r.src[at:])
	return &fault{kind, Span{at, at + width}, message}
}
