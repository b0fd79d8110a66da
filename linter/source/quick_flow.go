package source

import "strings"

// flow reads the flow collection at pos, on one line, and moves behind it.
func (q *quickReader) flow(depth int) (*Node, bool) {
	if depth > q.depth {
		return nil, false
	}
	start := q.pos
	isObject := q.s[start] == '{'
	node, closing := q.node(Array, start), byte(']')
	if isObject {
		node.Kind, closing = Object, '}'
	}
	firstField, firstItem := len(q.fields), len(q.items)
	q.pos = q.spaces(start + 1)
	for more := q.at(q.pos) != closing; more; {
		ok := false
		if isObject {
			ok = q.flowField(depth + 1)
		} else {
			ok = q.flowItem(depth + 1)
		}
		if !ok {
			return nil, false
		}
		q.pos = q.spaces(q.pos)
		if more = q.at(q.pos) == ','; more {
			q.pos = q.spaces(q.pos + 1)
		}
	}
	if q.at(q.pos) != closing {
		return nil, false
	}
	q.pos++
	node.Span.End = q.pos
	if isObject {
		return node, q.closeObject(node, firstField)
	}
	q.closeArray(node, firstItem)
	return node, true
}

// flowField reads "key: value".
func (q *quickReader) flowField(depth int) bool {
	key, ok := q.flowToken(q.pos)
	if !ok || q.at(key.end) != ':' || q.at(key.end+1) != ' ' {
		return false
	}
	name, ok := q.keyName(key)
	if !ok {
		return false
	}
	q.pos = q.spaces(key.end + 1)
	value, ok := q.flowValue(depth)
	q.fields = append(q.fields, Field{Name: name, NameSpan: Span{key.start, key.end}, Value: value})
	return ok
}

func (q *quickReader) flowItem(depth int) bool {
	value, ok := q.flowValue(depth)
	q.items = append(q.items, value)
	return ok
}

// flowValue reads the value at pos and moves behind it.
func (q *quickReader) flowValue(depth int) (*Node, bool) {
	if depth > q.depth {
		return nil, false
	}
	if c := q.at(q.pos); c == '[' || c == '{' {
		return q.flow(depth)
	}
	t, ok := q.flowToken(q.pos)
	if !ok {
		return nil, false
	}
	q.pos = t.end
	return q.scalar(t)
}

// endsFlow are the bytes at which a plain scalar in a flow collection may end,
// or from which on it is not read here.
var endsFlow = byteSet(func(c byte) bool { return strings.IndexByte(" \t\r\n:,[]{}?#", c) >= 0 })

// flowToken reads the scalar at i in a flow collection.
func (q *quickReader) flowToken(i int) (token, bool) {
	if c := q.at(i); c == '\'' || c == '"' {
		return q.token(i)
	}
	if !q.isPlainStart(i) {
		return token{}, false
	}
	end := i + 1
	for ; end < len(q.s); end++ {
		c := q.s[end]
		if !endsFlow[c] {
			continue
		}
		if c == ' ' {
			next := q.spaces(end)
			if c := q.at(next); c == ',' || c == ']' || c == '}' {
				break
			} else if endsFlow[c] {
				return token{}, false
			}
			end = next - 1
			continue
		}
		if c == ':' && !endsFlow[q.at(end+1)] {
			continue
		}
		if c == ',' || c == ']' || c == '}' || c == ':' && q.at(end+1) == ' ' {
			break
		}
		return token{}, false
	}
	return token{start: i, end: end, text: q.s[i:end]}, true
}
