package source

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"path"
	"strings"
)

// Format is the syntax that a document is written in.
type Format uint8

// The formats.
const (
	YAML Format = iota
	JSON
)

// Document is one value of a file: a YAML document or a JSON text.
type Document struct {
	File *File
	// Index counts the documents of a file from 0, without the empty ones and
	// with those that could not be read.
	Index  int
	Format Format
	Root   *Node
	// Span is the text of the document, with its directives and comments.
	Span Span
	// Comments stand in the order of the file. Those of an empty document
	// belong to the one that follows, or to the last one.
	Comments []Comment
	// Lenient is set for a JSON document that strict JSON refuses: comments,
	// trailing commas, control characters in strings. Azure Resource Manager
	// reads it.
	Lenient bool
	// stock holds the tree where quickReader makes it from the text of the file; nil for
	// others.
	stock *stock
}

// CanRelease says whether Release takes anything away: the document is plain YAML,
// which is read again in little time. No key stands twice in it, and it has no aliases.
func (d *Document) CanRelease() bool { return d.stock != nil }

// Release sets Root and Comments to nil where the text can be read again: the
// tree takes several times the memory of the text. No node of the tree may be used
// after it, since they serve for the trees of other documents.
func (d *Document) Release() {
	if d.stock != nil && d.Root != nil {
		d.Root, d.Comments = nil, nil
		d.stock.giveBack()
	}
}

// Tree is Root, read again at each call where it was released.
func (d *Document) Tree() *Node {
	if d.Root != nil || d.stock == nil {
		return d.Root
	}
	quick := newQuickReader(d.File.Text)
	defer quick.done()
	root, _, _ := quick.read(d.Span, Limits{Depth: quickDepth, Nodes: math.MaxInt})
	return root
}

// Comment is one comment of a document.
type Comment struct {
	// Text is the comment without its marker and the blanks around it.
	Text string
	// Span holds the marker too.
	Span Span
	// OwnLine is set where nothing but blanks stands before it on its line.
	OwnLine bool
}

// ProblemKind classes what is wrong with a text.
type ProblemKind uint8

// The kinds of a problem.
const (
	// Syntax: the text is not what its format allows, or not what Kubernetes
	// reads as a value.
	Syntax ProblemKind = iota
	// Encoding: the bytes are no UTF-8 text.
	Encoding
	// Limit: a bound of Limits was reached.
	Limit
	// Separator: the document was read, but kubectl refuses or drops it for the
	// line that divides it from its neighbour.
	Separator
	// Interrupted: the context ended; the rest of the file was not read.
	Interrupted
)

// Problem is a text that could not be read, with its place.
type Problem struct {
	File *File
	Kind ProblemKind
	// Span is the place that is wrong; for YAML often the whole line.
	Span Span
	// Index is that of the document, as in Document.
	Index   int
	Message string
}

func (p Problem) Error() string {
	at := p.File.Position(p.Span.Start)
	return fmt.Sprintf("%s:%d:%d: %s", p.File.Path, at.Line, at.Column, p.Message)
}

// Limits bound what is read of one file. Crossing one is a Problem.
type Limits struct {
	// FileBytes bounds the text of a file.
	FileBytes int
	// DocumentBytes bounds one document of a YAML file, whose parsers take up
	// to a hundred times its size in memory.
	DocumentBytes int
	// Documents bounds the documents of a file that are not empty.
	Documents int
	// Depth bounds the nesting of arrays and objects.
	Depth int
	// Nodes bounds the values of a document, with every alias and merge key
	// written out.
	Nodes int
}

// DefaultLimits are generous for files that people write: the API server
// takes 3 MiB a request, Azure Resource Manager 4 MiB a template.
func DefaultLimits() Limits {
	return Limits{
		FileBytes:     32 << 20,
		DocumentBytes: 4 << 20,
		Documents:     100_000,
		Depth:         1_000,
		Nodes:         500_000,
	}
}

// DetectFormat tells the format by the name of the file, and where that says
// nothing by the first character of the text.
func DetectFormat(file *File) Format {
	switch strings.ToLower(path.Ext(file.Path)) {
	case ".json", ".jsonc":
		return JSON
	case ".yaml", ".yml":
		return YAML
	}
	text := bytes.TrimLeft(bytes.TrimPrefix(file.Text, bom), " \t\r\n")
	if bytes.HasPrefix(text, []byte("{")) || bytes.HasPrefix(text, []byte("//")) || bytes.HasPrefix(text, []byte("/*")) {
		return JSON
	}
	return YAML
}

// Parse reads all documents of a file. A document that cannot be read is a
// Problem and costs none of the others. Documents and problems are in the
// order of the file.
func Parse(ctx context.Context, file *File, format Format, limits Limits) ([]*Document, []Problem) {
	if p := unreadable(file, limits); p != nil {
		return nil, []Problem{*p}
	}
	if format == JSON {
		doc, problem := parseJSON(ctx, file, limits)
		if problem != nil {
			return nil, []Problem{*problem}
		}
		if doc == nil {
			return nil, nil
		}
		return []*Document{doc}, nil
	}
	s := stream{ctx: ctx, file: file, limits: limits}
	s.read()
	return s.docs, s.problems
}

var bom = []byte("\xef\xbb\xbf")

// unreadable says why a file cannot be read at all, or nil.
func unreadable(file *File, limits Limits) *Problem {
	text := file.Text
	switch {
	case len(text) > limits.FileBytes:
		return &Problem{File: file, Kind: Limit, Message: fmt.Sprintf("file has %d bytes, the limit is %d", len(text), limits.FileBytes)}
	case isUTF16(text):
		return &Problem{File: file, Kind: Encoding, Message: "file is UTF-16 text, which kubectl and Azure Resource Manager refuse: save it as UTF-8"}
	}
	return nil
}

func isUTF16(text []byte) bool {
	return bytes.HasPrefix(text, []byte("\xff\xfe")) || bytes.HasPrefix(text, []byte("\xfe\xff"))
}
