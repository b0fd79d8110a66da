package pack

import (
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"
)

// maxDepth bounds how deep terms and bodies nest.
const maxDepth = 500

// reader consumes in from at on. The first error stays; after it everything
// reads as zero.
type reader struct {
	pack   *Pack
	in     string
	at     int
	file   string
	module *ast.Module
	last   *ast.Location
	depth  int
	err    error
}

// slab makes values many at a time: one allocation for all costs less than one for
// each.
type slab[T any] struct{ rest []T }

const slabSize = 256

func (s *slab[T]) next() *T {
	if len(s.rest) == 0 {
		s.rest = make([]T, slabSize)
	}
	v := &s.rest[0]
	s.rest = s.rest[1:]
	return v
}

// list makes n values in a row.
func (s *slab[T]) list(n int) []T {
	if n > len(s.rest) {
		if n >= slabSize/2 {
			return make([]T, n)
		}
		s.rest = make([]T, slabSize)
	}
	v := s.rest[:n:n]
	s.rest = s.rest[n:]
	return v
}

func (r *reader) fail(what string) {
	if r.err == nil {
		r.err = fmt.Errorf("%w: %s", ErrCorrupt, what)
	}
	r.in, r.at = "", 0
}

func (r *reader) byte() byte {
	if r.at >= len(r.in) {
		r.fail("it ends too soon")
		return 0
	}
	b := r.in[r.at]
	r.at++
	return b
}

// left is how many bytes are left.
func (r *reader) left() int { return len(r.in) - r.at }

// maxInt bounds every number.
const maxInt = 1 << 30

func (r *reader) int() int {
	// Most numbers are of one byte.
	if r.at < len(r.in) && r.in[r.at] < 0x80 {
		r.at++
		return int(r.in[r.at-1])
	}
	n := 0
	for shift := 0; shift < 35; shift += 7 {
		b := r.byte()
		n |= int(b&0x7f) << shift
		if b < 0x80 {
			if n > maxInt {
				break
			}
			return n
		}
	}
	r.fail("a number is too large")
	return 0
}

func (r *reader) signed() int {
	n := r.int()
	return n>>1 ^ -(n & 1)
}

// count is a number of things of at least one byte each.
func (r *reader) count() int {
	n := r.int()
	if n > r.left() {
		r.fail("a count is too large")
		return 0
	}
	return n
}

func (r *reader) text() string {
	n := r.count()
	s := r.in[r.at : r.at+n]
	r.at += n
	return s
}

// table is a list of strings as it lies in the pack: where each ends, as four
// bytes, and all their bytes.
type table struct{ ends, text string }

const endSize = 4

func (r *reader) table() table {
	n := r.count()
	if n > r.left()/endSize {
		r.fail("the table of strings is cut off")
		return table{}
	}
	ends := r.in[r.at : r.at+n*endSize]
	r.at += len(ends)
	return table{ends, r.text()}
}

func (t table) len() int { return len(t.ends) / endSize }

// at is the string at an index.
func (t table) at(i int) (string, bool) {
	if i < 0 || i >= t.len() {
		return "", false
	}
	start, end := 0, t.end(i)
	if i > 0 {
		start = t.end(i - 1)
	}
	if start > end || end > len(t.text) {
		return "", false
	}
	return t.text[start:end], true
}

func (t table) end(i int) int {
	b := t.ends[i*endSize:]
	return int(b[0]) | int(b[1])<<8 | int(b[2])<<16 | int(b[3])<<24
}

// word is a string of the table.
func (r *reader) word() string {
	s, ok := r.pack.strings.at(r.int())
	if !ok {
		r.fail("a string is not in the table")
	}
	return s
}

// entry reads a module without its rules.
func (r *reader) entry() Module {
	m := Module{Path: r.text(), Words: make([]string, r.count())}
	for i := range m.Words {
		m.Words[i] = r.text()
	}
	m.Uses = make([]int, r.count())
	for i := range m.Uses {
		m.Uses[i] = r.moduleIndex()
	}
	loc := &ast.Location{File: m.Path, Row: r.int(), Col: r.int()}
	path := make(ast.Ref, 1, 1+r.count())
	path[0] = ast.DefaultRootDocument
	for range cap(path) - 1 {
		path = append(path, &ast.Term{Value: ast.String(r.text()), Location: loc})
	}
	m.Package = &ast.Package{Path: path, Location: loc}
	return m
}

// node reads a node of the tree of rules and what is below it. The one node below
// the root is data.
func (r *reader) node(n *ast.TreeNode) {
	defer r.leave()
	if !r.enter() {
		return
	}
	if flags := r.int(); flags&hasRules != 0 {
		n.Values = r.pack.undecoded(min(r.int(), maxArity))
		index := r.pack.nodes.next()
		index.pack = r.pack
		n.Index = index
		if flags&isGrouped != 0 {
			r.pack.grouped = append(r.pack.grouped, grouped{r.moduleIndex(), index})
		}
		index.blob = r.text()
	}
	below := r.count()
	if below == 0 {
		return
	}
	n.Children = make(map[ast.Value]*ast.TreeNode, below)
	n.Sorted = make([]ast.Value, below)
	nodes := make([]ast.TreeNode, below)
	for i := range nodes {
		key := ast.DefaultRootDocument.Value
		if r.depth > 1 {
			key = ast.String(r.text())
		}
		nodes[i].Key, n.Sorted[i], n.Children[key] = key, key, &nodes[i]
		r.node(&nodes[i])
	}
}

// maxArity bounds the arguments of a function.
const maxArity = 100

// moduleIndex is the index of a module in the pack.
func (r *reader) moduleIndex() int {
	i := r.int()
	if i >= len(r.pack.bare) {
		r.fail("a module is not in the pack")
		return 0
	}
	return i
}
