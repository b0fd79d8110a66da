package source

import (
	"strings"
	"sync"
	"unicode/utf8"
	"unsafe"
)

// quickReader reads the plain YAML that nearly all manifests are: block
// mappings and sequences, plain and block scalars, quoted scalars and flow
// collections on one line, comments. It builds in one pass over the bytes what
// readYAML builds out of two parsers and a comparison: some 100 MB/s of a core
// instead of 5 (BenchmarkDocument), and reading was most of a run.
//
// It decides nothing. Whatever is out of the ordinary (anchors, tags, "?" keys,
// quoted scalars over several lines, tabs, keys that are numbers, a key twice,
// values that versions of YAML read differently) and whatever could be an error
// it declines without a word, and readYAML reads the document as if there were
// no other reader. What it takes must be equal in every value, place and
// comment, to which TestQuick and FuzzQuickAgrees hold it.
type quickReader struct {
	file []byte
	// whole is the text of the file; s is that up to the end of the document.
	whole, s string
	// pos is where reading goes on; line is the offset of its line, col the
	// indentation of the line, -1 at the end of the text.
	pos, line, col int
	depth          int // the deepest nesting that is read
	count          int // keys and values so far

	comments []Comment
	// fields and items are stacks of the collections that are still open.
	fields []Field
	items  []*Node
	text   []byte // of the block scalar at hand
	// stock is that of the document: it goes when nothing needs the document.
	stock *stock
}

// quickReaders are readers that are done, for what they have room for.
var quickReaders = sync.Pool{New: func() any {
	return &quickReader{fields: make([]Field, 0, 32), items: make([]*Node, 0, 16)}
}}

func newQuickReader(file []byte) *quickReader {
	q := quickReaders.Get().(*quickReader)
	q.file = file
	return q
}

// done gives the reader back. What it read stays.
func (q *quickReader) done() {
	clear(q.fields[:cap(q.fields)])
	clear(q.items[:cap(q.items)])
	*q = quickReader{fields: q.fields[:0], items: q.items[:0], text: q.text[:0]}
	if cap(q.fields) <= maxKept && cap(q.items) <= maxKept && cap(q.text) <= maxKept {
		quickReaders.Put(q)
	}
}

// maxKept bounds what a reader that is done has room for.
const maxKept = 4096

// quickDepth bounds the nesting, and with it the recursion.
const quickDepth = 100

// read reads the document in a span of the file; false where it declines. The
// tree is in q.stock.
func (q *quickReader) read(span Span, limits Limits) (*Node, []Comment, bool) {
	q.stock = &stock{}
	root, comments, ok := q.document(span, limits)
	if !ok {
		q.stock.giveBack()
		return nil, nil, false
	}
	return root, comments, true
}

func (q *quickReader) document(span Span, limits Limits) (*Node, []Comment, bool) {
	body := q.file[span.Start:span.End]
	if !ordinary(body) || len(body)+2 > limits.Nodes && estimateNodes(body) > limits.Nodes {
		return nil, nil, false
	}
	if q.whole == "" {
		// Values are parts of the text, which nothing changes, and no copies: see File.
		q.whole = unsafe.String(unsafe.SliceData(q.file), len(q.file))
	}
	q.s, q.pos = q.whole[:span.End], span.Start
	q.depth, q.count = min(quickDepth, limits.Depth), 0
	q.comments, q.fields, q.items = nil, q.fields[:0], q.items[:0]
	if strings.HasPrefix(q.s[q.pos:], "---") {
		q.pos += len("---")
		if !q.endLine() {
			return nil, nil, false
		}
	}
	if !q.next() || q.col < 0 {
		return nil, nil, false
	}
	if c := q.s[q.pos]; c == '[' || c == '{' {
		return nil, nil, false
	}
	root, ok := q.block(-1, 0)
	if !ok || root.Kind < Array || q.col >= 0 || q.count > limits.Nodes {
		return nil, nil, false
	}
	return root, q.comments, true
}

// ordinary reports whether a text has only characters that every reader takes
// for what they look like: no control characters, no line breaks but LF and
// CR LF, no byte order marks.
func ordinary(text []byte) bool {
	for i := 0; i < len(text); {
		c := text[i]
		if c >= ' ' && c < 0x7F || c == '\n' || c == '\t' {
			i++
			continue
		}
		if c == '\r' && i+1 < len(text) && text[i+1] == '\n' {
			i += 2
			continue
		}
		r, width := utf8.DecodeRune(text[i:])
		if width == 1 || r < 0xA0 || r == 0x2028 || r == 0x2029 || r == 0xFEFF || r >= 0xFFFE && r <= 0xFFFF {
			return false
		}
		i += width
	}
	return true
}

// next moves to the next line with more than blanks and comments; false where
// it begins with something that it declines.
func (q *quickReader) next() bool {
	for q.pos < len(q.s) {
		i := q.spaces(q.pos)
		switch q.at(i) {
		case '\n', '\r', 0:
			_, q.pos = q.lineEnd(i)
		case '#':
			q.pos = q.comment(i, true)
		case '\t':
			return false
		default:
			q.line, q.col, q.pos = q.pos, i-q.pos, i
			rest := q.s[i:]
			return q.col > 0 || !strings.HasPrefix(rest, "---") && !strings.HasPrefix(rest, "...")
		}
	}
	q.col = -1
	return true
}

// endLine moves behind a line that holds no more than blanks and a comment;
// false where there is more.
func (q *quickReader) endLine() bool {
	i := q.spaces(q.pos)
	switch c := q.at(i); {
	case c == '\n' || c == '\r' || c == 0:
		_, q.pos = q.lineEnd(i)
	case c == '#' && i > q.pos:
		q.pos = q.comment(i, false)
	default:
		return false
	}
	return true
}

// comment notes the comment at i and returns the offset of the next line.
func (q *quickReader) comment(i int, ownLine bool) int {
	end, next := q.lineEnd(i)
	q.comments = append(q.comments, Comment{
		Text:    strings.TrimSpace(q.s[i+1 : end]),
		Span:    Span{i, end},
		OwnLine: ownLine,
	})
	return next
}

// at returns the byte at i, 0 at the end of the text, which holds no other.
func (q *quickReader) at(i int) byte {
	if i < len(q.s) {
		return q.s[i]
	}
	return 0
}

// spaces returns the offset of the first byte from i on that is no space.
func (q *quickReader) spaces(i int) int {
	for i < len(q.s) && q.s[i] == ' ' {
		i++
	}
	return i
}

// lineEnd returns where the line of i ends, and where the next one begins.
func (q *quickReader) lineEnd(i int) (end, next int) {
	k := strings.IndexByte(q.s[i:], '\n')
	if k < 0 {
		return len(q.s), len(q.s)
	}
	end = i + k
	if end > i && q.s[end-1] == '\r' {
		return end - 1, end + 1
	}
	return end, end + 1
}

// blankAt reports whether i is at a space or at the end of a line.
func (q *quickReader) blankAt(i int) bool {
	c := q.at(i)
	return c == ' ' || c == '\n' || c == '\r' || c == 0
}

// left estimates how many values the rest of the document holds, for the stock.
func (q *quickReader) left() int {
	const bytesPerValue = 20
	return min((len(q.s)-q.pos)/bytesPerValue+1, stockSize)
}
