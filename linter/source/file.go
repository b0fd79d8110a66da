package source

import (
	"bytes"
	"sort"
	"sync"
	"unicode/utf8"
)

// File is a text with its path and line table. It is safe for concurrent use.
type File struct {
	// Path is the path as it is shown to the user, with forward slashes.
	Path string
	// Text must not be changed: the values of documents are parts of it.
	Text []byte

	// starts holds the offset of each line's first byte. It is made when the
	// first place is asked for: in most files nothing is found.
	starts []int
	once   sync.Once
}

// Position is a place in a file for people and reports: both numbers start at
// 1, the column counts Unicode code points.
type Position struct{ Line, Column int }

// NewFile makes a file. Lines end at LF, CR LF or a lone CR; a byte order mark
// stands before the first line and in no column.
func NewFile(path string, text []byte) *File { return &File{Path: path, Text: text} }

// lines returns the offset of each line's first byte.
func (f *File) lines() []int {
	f.once.Do(func() { f.starts = lineStarts(f.Text) })
	return f.starts
}

func lineStarts(text []byte) []int {
	starts := make([]int, 1, 2+bytes.Count(text, []byte("\n")))
	if bytes.HasPrefix(text, bom) {
		starts[0] = len(bom)
	}
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\n', text[i] == '\r' && (i+1 == len(text) || text[i+1] != '\n'):
			starts = append(starts, i+1)
		}
	}
	return starts
}

// Position returns the place of a byte offset; an offset outside of the file
// is moved to its nearest end.
func (f *File) Position(offset int) Position {
	offset = min(max(offset, 0), len(f.Text))
	starts := f.lines()
	offset = max(offset, starts[0])
	line := sort.SearchInts(starts, offset+1) - 1
	return Position{Line: line + 1, Column: utf8.RuneCount(f.Text[starts[line]:offset]) + 1}
}

// Range returns the first place of a span and the place after its last
// character. A range is one line: a span over several lines is cut at the end
// of its first one, since pull requests show an alert only where all its lines
// are in the diff.
func (f *File) Range(span Span) (start, end Position) {
	start = f.Position(span.Start)
	lineEnd := f.LineStart(start.Line) + len(f.Line(start.Line))
	return start, f.Position(max(span.Start, min(span.End, lineEnd)))
}

// Lines returns the number of lines.
func (f *File) Lines() int { return len(f.lines()) }

// LineStart returns the offset of the first byte of a line, counted from 1.
func (f *File) LineStart(line int) int {
	if line < 1 {
		line = 1
	}
	starts := f.lines()
	if line > len(starts) {
		return len(f.Text)
	}
	return starts[line-1]
}

// Line returns the text of a line, counted from 1, without its terminator; ""
// where there is no such line.
func (f *File) Line(line int) string {
	starts := f.lines()
	if line < 1 || line > len(starts) {
		return ""
	}
	end := len(f.Text)
	if line < len(starts) {
		end = starts[line]
	}
	start := starts[line-1]
	for end > start && (f.Text[end-1] == '\n' || f.Text[end-1] == '\r') {
		end--
	}
	return string(f.Text[start:end])
}
