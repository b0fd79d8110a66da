package source

import "strconv"

// block reads a value of a collection in a column, -1 for the root, that begins
// on the line at hand.
func (q *quickReader) block(col, depth int) (*Node, bool) {
	if depth > q.depth {
		return nil, false
	}
	switch c := q.s[q.pos]; {
	case q.isEntry(q.pos):
		return q.sequence(q.col, depth, false)
	case c == '[' || c == '{':
		return q.flowLine(depth)
	}
	return q.keyOrScalar(q.col, col, depth)
}

// keyOrScalar reads what stands in column at, which is pos: a mapping from its
// first key on, or a scalar of a collection in a column.
func (q *quickReader) keyOrScalar(at, col, depth int) (*Node, bool) {
	t, ok := q.token(q.pos)
	if !ok {
		return nil, false
	}
	if q.isKey(t) {
		return q.mapping(at, depth, t)
	}
	return q.scalarLine(t, col)
}

// mapping reads a block mapping from its first key on, whose column is that of
// all its keys.
func (q *quickReader) mapping(col, depth int, key token) (*Node, bool) {
	node := q.node(Object, key.start)
	first := len(q.fields)
	for {
		name, ok := q.keyName(key)
		if !ok {
			return nil, false
		}
		q.pos = key.end + len(":")
		value, ok := q.value(col, depth+1, true)
		if !ok {
			return nil, false
		}
		q.fields = append(q.fields, Field{Name: name, NameSpan: Span{key.start, key.end}, Value: value})
		node.Span.End = value.Span.End
		if q.col != col {
			break
		}
		if key, ok = q.token(q.pos); !ok || !q.isKey(key) {
			return nil, false
		}
	}
	return node, q.col < col && q.closeObject(node, first)
}

// closeObject gives an object the fields from first on; false where a name is
// there twice.
func (q *quickReader) closeObject(node *Node, first int) bool {
	fields := q.fields[first:]
	if hasTwice(fields) {
		return false
	}
	node.Fields = q.stock.fieldList(fields, q.left())
	q.fields = q.fields[:first]
	return true
}

func hasTwice(fields []Field) bool {
	const few = 16
	if len(fields) > few {
		seen := make(map[string]bool, len(fields))
		for i := range fields {
			seen[fields[i].Name] = true
		}
		return len(seen) < len(fields)
	}
	for i := range fields {
		for j := range i {
			if fields[i].Name == fields[j].Name {
				return true
			}
		}
	}
	return false
}

// sequence reads a block sequence whose dashes stand in a column. One at the
// indentation of the mapping that holds it ends with the next key.
func (q *quickReader) sequence(col, depth int, atParent bool) (*Node, bool) {
	if depth > q.depth {
		return nil, false
	}
	node := q.node(Array, q.pos)
	first := len(q.items)
	for {
		q.pos++
		item, ok := q.value(col, depth+1, false)
		if !ok {
			return nil, false
		}
		q.items = append(q.items, item)
		node.Span.End = item.Span.End
		if q.col != col || !q.isEntry(q.pos) {
			break
		}
	}
	q.closeArray(node, first)
	return node, q.col < col || q.col == col && atParent
}

func (q *quickReader) closeArray(node *Node, first int) {
	node.Items = q.stock.itemList(q.items[first:], q.left())
	q.items = q.items[:first]
}

// value reads what belongs to the ":" or "-" before pos, in a collection of a
// column, and moves to the next line with content.
func (q *quickReader) value(col, depth int, ofKey bool) (*Node, bool) {
	if depth > q.depth {
		return nil, false
	}
	behind := q.pos
	start := q.spaces(behind)
	switch c := q.at(start); {
	case c == '\n' || c == '\r' || c == '#' || c == 0:
		return q.valueBelow(col, depth, ofKey)
	case start == behind:
		return nil, false
	case c == '|' || c == '>':
		return q.blockScalar(start, col)
	case c == '[' || c == '{':
		q.pos = start
		return q.flowLine(depth)
	case !ofKey && q.isEntry(start):
		q.pos = start
		return q.sequence(start-q.line, depth, false)
	case !ofKey:
		q.pos = start
		return q.keyOrScalar(start-q.line, col, depth)
	}
	t, ok := q.token(start)
	if !ok {
		return nil, false
	}
	return q.scalarLine(t, col)
}

// valueBelow reads a value that has nothing on the line of its key or dash.
func (q *quickReader) valueBelow(col, depth int, ofKey bool) (*Node, bool) {
	behind := q.pos
	if !q.endLine() || !q.next() {
		return nil, false
	}
	if q.col > col {
		return q.block(col, depth)
	}
	if ofKey && q.col == col && q.isEntry(q.pos) {
		return q.sequence(col, depth, true)
	}
	node := q.node(Null, behind)
	node.Span.End = node.Span.Start
	return node, true
}

// scalarLine reads a scalar of a collection in a column, of which t is what
// stands on the line at hand.
func (q *quickReader) scalarLine(t token, col int) (*Node, bool) {
	q.pos = t.end
	comments := len(q.comments)
	if !q.endLine() || !q.next() {
		return nil, false
	}
	if t.style == Plain && q.col > col && len(q.comments) == comments {
		var ok bool
		if t, ok = q.folded(t, col); !ok {
			return nil, false
		}
	}
	return q.scalar(t)
}

// flowLine reads a flow collection that ends its line.
func (q *quickReader) flowLine(depth int) (*Node, bool) {
	node, ok := q.flow(depth)
	return node, ok && q.endLine() && q.next()
}

// isEntry reports whether a "-" of a block sequence stands at i.
func (q *quickReader) isEntry(i int) bool {
	return q.at(i) == '-' && q.blankAt(i+1)
}

// isKey reports whether a scalar is followed by the ":" of a block mapping.
func (q *quickReader) isKey(t token) bool {
	return q.at(t.end) == ':' && q.blankAt(t.end+1)
}

// keyName returns the name of a key; false where it is neither text nor a
// boolean, or so long that a parser may not take it for a key.
func (q *quickReader) keyName(key token) (string, bool) {
	const longest = 1000
	if key.end-key.start > longest {
		return "", false
	}
	q.count++
	if key.style == Quoted {
		return key.text, true
	}
	if kind, ok := plainKind(key.text); ok && kind == String {
		return key.text, true
	}
	word, ok := plainWords[key.text].(bool) // as in "on:"
	return strconv.FormatBool(word), ok
}

// node makes a node that begins at an offset.
func (q *quickReader) node(kind Kind, start int) *Node {
	q.count++
	n := q.stock.node(q.left())
	n.Kind, n.Span.Start = kind, start
	return n
}
