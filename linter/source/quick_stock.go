package source

import (
	"math/bits"
	"sync"
)

// stock hands out the nodes and lists of one tree from larger pieces, since most
// are small. The pieces of a tree that nobody needs any more serve the next one: of
// a large folder most trees are needed for a moment only.
type stock struct {
	nodes  pieces[Node]
	fields pieces[Field]
	items  pieces[*Node]
}

// The shelves hold pieces that serve again.
var (
	nodeShelf  shelf[Node]
	fieldShelf shelf[Field]
	itemShelf  shelf[*Node]
)

// node returns a node; left estimates how many more there will be.
func (s *stock) node(left int) *Node { return &s.nodes.take(&nodeShelf, 1, left)[0] }

// fieldList returns a copy of a list.
func (s *stock) fieldList(list []Field, left int) []Field {
	out := s.fields.take(&fieldShelf, len(list), left)
	copy(out, list)
	return out
}

// itemList returns a copy of a list.
func (s *stock) itemList(list []*Node, left int) []*Node {
	out := s.items.take(&itemShelf, len(list), left)
	copy(out, list)
	return out
}

// giveBack lets the pieces serve again: the tree is no more.
func (s *stock) giveBack() {
	nodeShelf.put(s.nodes.all)
	fieldShelf.put(s.fields.all)
	itemShelf.put(s.items.all)
	*s = stock{}
}

// pieces are the pieces of a tree that hold values of one type.
type pieces[T any] struct {
	all [][]T
	// rest is what is left of the last one.
	rest []T
}

// take returns room for n values, from a piece with room for as many as are left
// to come if it has to be another one.
func (p *pieces[T]) take(from *shelf[T], n, left int) []T {
	if n > len(p.rest) || p.rest == nil {
		p.rest = from.get(max(n, left))
		p.all = append(p.all, p.rest)
	}
	out := p.rest[:n:n]
	p.rest = p.rest[n:]
	return out
}

// shelf holds pieces of 1, 2, 4 values and so on. It is safe for concurrent use.
type shelf[T any] struct{ bySize [maxPieceBits + 1]sync.Pool }

// maxPieceBits bounds the pieces that serve again.
const maxPieceBits = 8

// stockSize is the number of values in a piece, if they come one by one.
const stockSize = 1 << maxPieceBits

// get returns a piece for n values, all zero.
func (s *shelf[T]) get(n int) []T {
	size := bits.Len(uint(max(n, 1) - 1))
	if size > maxPieceBits {
		return make([]T, n)
	}
	if piece, ok := s.bySize[size].Get().(*[]T); ok {
		return *piece
	}
	return make([]T, 1<<size)
}

func (s *shelf[T]) put(pieces [][]T) {
	for _, piece := range pieces {
		if size := bits.Len(uint(len(piece) - 1)); size <= maxPieceBits && len(piece) == 1<<size {
			clear(piece)
			s.bySize[size].Put(&piece)
		}
	}
}
