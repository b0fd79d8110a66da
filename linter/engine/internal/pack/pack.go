// Package pack writes compiled Rego modules in a compact binary form and reads
// them back rule by rule, so that a start needs neither parser nor compiler and
// pays only for the rules that it evaluates.
//
// A pack is a magic line, a checksum, the caller's key, the list of modules, the
// tree of rules, a table of strings and the caller's notes. Numbers are varints; the text of a
// term is an index into the table. A pack holds what evaluation reads and no
// more: imports, comments and annotations are gone, as are the source texts of
// locations; a term has the location of its expression.
package pack

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"sync"
	"unsafe"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Module is one module of a pack.
type Module struct {
	Path string
	// Words are the caller's own account of the module.
	Words []string
	// Uses are the indexes of the modules that it refers to.
	Uses []int
	// Package is the module's package declaration.
	Package *ast.Package
}

// Pack is an opened pack. It is safe for concurrent use.
type Pack struct {
	key     string
	notes   string
	modules []Module
	// bare are the modules that the rules belong to: they hold their package
	// and nothing else.
	bare []*ast.Module
	tree *ast.TreeNode
	// grouped are the nodes with comprehensions that OPA keeps an index of.
	grouped []grouped
	// stands are the stand-ins for undecoded rules by their number of arguments.
	stands [][]*ast.Rule

	mu      sync.Mutex
	strings table
	// boxed are the values made of strings of the table so far.
	boxed   [boxedKinds][]ast.Value
	indexer *ast.Compiler
	indexed *ast.TreeNode
	nodes   slab[rules]
	terms   slab[ast.Term]
	exprs   slab[ast.Expr]
	places  slab[ast.Location]
	lists   slab[*ast.Term]
}

// ErrCorrupt says that the bytes are no pack of this form.
var ErrCorrupt = errors.New("the pack is corrupt")

// magic changes with the form.
const magic = "aksnetlint pack 3\n"

// Encode writes a pack of a compiler's modules and rules. The key is the
// caller's own account of what it is made of, and the notes are what else is to
// be kept with it.
func Encode(key string, modules []Module, compiler *ast.Compiler, notes []byte) ([]byte, error) {
	w := &writer{index: map[string]int{}, compiler: compiler, modules: map[*ast.Module]int{}}
	w.text(key)
	w.int(len(modules))
	for i, m := range modules {
		w.modules[compiler.Modules[m.Path]] = i
		w.paths = append(w.paths, m.Path)
		w.module(m)
	}
	w.node(compiler.RuleTree)
	w.table()
	w.text(string(notes))
	if w.err != nil {
		return nil, fmt.Errorf("packing rules: %w", w.err)
	}
	out := binary.LittleEndian.AppendUint32([]byte(magic), crc32.ChecksumIEEE(w.out))
	return append(out, w.out...), nil
}

// Open reads the list of modules and the tree of rules. The error wraps
// ErrCorrupt.
func Open(data string) (*Pack, error) {
	start := len(magic) + 4
	if len(data) < start || data[:len(magic)] != magic {
		return nil, fmt.Errorf("%w: it does not begin like one", ErrCorrupt)
	}
	sum := binary.LittleEndian.Uint32([]byte(data[len(magic):start]))
	payload := data[start:]
	// The sum of the bytes as they lie: a copy of all would cost more than the sum.
	if crc32.ChecksumIEEE(unsafe.Slice(unsafe.StringData(payload), len(payload))) != sum {
		return nil, fmt.Errorf("%w: its checksum is wrong", ErrCorrupt)
	}
	return read(payload)
}

func read(payload string) (*Pack, error) {
	p := &Pack{}
	r := &reader{pack: p, in: payload}
	p.key = r.text()
	p.modules = make([]Module, r.count())
	p.bare = make([]*ast.Module, len(p.modules))
	for i := range p.modules {
		p.modules[i] = r.entry()
		p.bare[i] = &ast.Module{Package: p.modules[i].Package}
	}
	p.tree = &ast.TreeNode{}
	r.node(p.tree)
	p.strings = r.table()
	p.notes = r.text()
	if r.err == nil && r.left() > 0 {
		r.fail("bytes are left over")
	}
	if r.err != nil {
		return nil, r.err
	}
	return p, nil
}

// Key is the key that was given to Encode.
func (p *Pack) Key() string { return p.key }

// Notes are the notes that were given to Encode.
func (p *Pack) Notes() string { return p.notes }

// Modules are the modules in the order of Encode.
func (p *Pack) Modules() []Module { return p.modules }

// kind is the first part of an encoded term.
type kind byte

// The kinds of terms. Those of one string come first: their order is that of
// Pack.boxed.
const (
	stringKind kind = iota
	varKind
	numberKind
	nullKind
	falseKind
	trueKind
	refKind
	arrayKind
	objectKind
	setKind
	callKind
	arrayComprehensionKind
	objectComprehensionKind
	setComprehensionKind
	absentKind

	boxedKinds = nullKind
)

// kindBits is how far the manner of the location is shifted in a term's first
// byte.
const kindBits = 4

// The manners of encoding a location.
const (
	noPlace    = iota
	samePlace  // as the last one
	nearPlace  // in the module's file: rows from the last one, column
	otherPlace // file, row, column
)

// The flags of nodes, expressions and rules.
const (
	hasRules = 1 << iota
	isGrouped
)
const (
	generated = 1 << iota
	negated
	isCall
	isEvery
)
const (
	isDefault = 1 << iota
	isAssigned
	hasElse
)
