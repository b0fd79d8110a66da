package source

// blockScalar reads the literal or folded scalar at i, a value of a collection
// in a column. The text is as deep as its first line, which must not be blank.
func (q *quickReader) blockScalar(i, col int) (*Node, bool) {
	b := quickText{q: q, folded: q.s[i] == '>'}
	b.list.delta = i
	q.pos = i + 1
	chomp := q.at(q.pos)
	if chomp == '+' || chomp == '-' {
		q.pos++
	}
	if !q.endLine() {
		return nil, false
	}
	first := q.spaces(q.pos)
	b.indent = first - q.pos
	if q.blankAt(first) || q.at(first) == '\t' || b.indent <= col {
		return nil, false
	}
	q.text = q.text[:0]
	for more := true; more; {
		var ok bool
		if more, ok = b.line(); !ok {
			return nil, false
		}
	}
	if b.ended && chomp != '-' {
		q.text = append(q.text, '\n')
	}
	for ; chomp == '+' && b.blanks > 0; b.blanks-- {
		q.text = append(q.text, '\n')
	}
	n := q.node(String, i)
	n.Style, n.Span.End, n.Text, n.jumps = Block, b.end, string(q.text), b.list.jumps
	return n, q.next()
}

// quickText reads the lines of a block scalar.
type quickText struct {
	q      *quickReader
	folded bool
	indent int
	// end is that of the last line with text; ended is set where a line break
	// follows it, deeper where it begins with a blank behind the indentation.
	end           int
	ended, deeper bool
	blanks        int // empty lines since then
	lastBreak     int // the line break before pos
	list          jumpList
}

// line reads the line at pos; more is false where the scalar has ended before.
func (b *quickText) line() (more, ok bool) {
	q := b.q
	start := q.pos
	for start < len(q.s) && start < q.pos+b.indent && q.s[start] == ' ' {
		start++
	}
	switch c := q.at(start); {
	case c == 0:
		q.pos = start
		return false, true
	case c == '\n' || c == '\r':
		b.lastBreak, q.pos = q.lineEnd(start)
		b.blanks++
		return true, true
	case start < q.pos+b.indent:
		return false, c != '\t'
	}
	end, next := q.lineEnd(start)
	deeper := q.s[start] == ' ' || q.s[start] == '\t'
	if b.end > 0 {
		b.list.at(len(q.text), b.lastBreak)
		q.writeBreaks(b.blanks, b.folded && !b.deeper && !deeper)
	}
	b.list.at(len(q.text), start)
	q.text = append(q.text, q.s[start:end]...)
	b.end, b.ended, b.deeper, b.blanks = end, next > end, deeper, 0
	b.lastBreak, q.pos = end, next
	return true, true
}
