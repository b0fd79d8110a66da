package edit

import (
	"cmp"
	"errors"
	"slices"
	"strings"
)

// piece is a part of an edited text: bytes of the original, or new ones.
type piece struct {
	// start and end are offsets in the original, for a piece of it.
	start, end int
	added      string
}

func (p piece) len() int { return p.end - p.start + len(p.added) }

// pieces is a text under edit that knows which of its bytes are the original's.
type pieces struct {
	original []byte
	list     []piece
}

func newPieces(original []byte) *pieces {
	return &pieces{original: original, list: []piece{{end: len(original)}}}
}

func (p *pieces) bytes() []byte {
	var b []byte
	for _, piece := range p.list {
		b = append(b, p.original[piece.start:piece.end]...)
		b = append(b, piece.added...)
	}
	return b
}

// replace applies replacements that are given in offsets of the present text.
func (p *pieces) replace(edits []Replacement) error {
	sorted := slices.Clone(edits)
	slices.SortStableFunc(sorted, func(a, b Replacement) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	for i, e := range sorted {
		if e.Start > e.End || i > 0 && e.Start < sorted[i-1].End {
			return errors.New("edits overlap")
		}
	}
	for _, e := range slices.Backward(sorted) {
		p.splice(e)
	}
	return nil
}

func (p *pieces) splice(e Replacement) {
	list := make([]piece, 0, len(p.list)+2)
	offset, done := 0, false
	insert := func() {
		if !done && e.New != "" {
			list = append(list, piece{added: e.New})
		}
		done = true
	}
	for _, q := range p.list {
		from, to := offset, offset+q.len()
		offset = to
		if head := q.cut(0, e.Start-from); head.len() > 0 {
			list = append(list, head)
		}
		if e.Start <= to && !done && e.Start >= from {
			insert()
		}
		if tail := q.cut(max(0, e.End-from), to-from); tail.len() > 0 {
			list = append(list, tail)
		}
	}
	insert()
	p.list = list
}

// cut is the part of a piece between two offsets in it.
func (p piece) cut(from, to int) piece {
	from, to = max(from, 0), min(to, p.len())
	if from >= to {
		return piece{}
	}
	if p.added != "" {
		return piece{added: p.added[from:to]}
	}
	return piece{start: p.start + from, end: p.start + to}
}

// replacements says what the edits come to in offsets of the original, which
// itself begins at base.
func (p *pieces) replacements(base int) []Replacement {
	var list []Replacement
	at := 0
	var added strings.Builder
	flush := func(next int) {
		if next > at || added.Len() > 0 {
			list = append(list, Replacement{base + at, base + next, added.String()})
		}
		added.Reset()
	}
	for _, q := range p.list {
		if q.added != "" {
			added.WriteString(q.added)
			continue
		}
		if q.len() == 0 {
			continue
		}
		flush(q.start)
		at = q.end
	}
	flush(len(p.original))
	return list
}
