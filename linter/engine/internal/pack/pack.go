// Package pack writes compiled Rego modules in a compact binary form and reads
// them back one by one, so that a start needs neither parser nor compiler.
//
// A pack is a magic line, a checksum, the caller's key, a table of strings and
// the modules. Numbers are varints; text is an index into the table. It holds
// what evaluation reads and no more: imports, comments and annotations are
// gone, as are the source texts of locations.
package pack

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Module is one module to write.
type Module struct {
	Path string
	// Words are the caller's own account of the module.
	Words []string
	// Uses are the indexes of the modules that the module refers to.
	Uses []int
	// AST is the module as the compiler has rewritten it.
	AST *ast.Module
}

// Pack is an opened pack. It is not safe for concurrent use.
type Pack struct {
	entries []Entry
	strings []string
	// boxed are the values made of strings of the table so far.
	boxed [3][]ast.Value
}

// Entry is a module that has not been decoded yet.
type Entry struct {
	Path  string
	Words []string
	Uses  []int
	// Package is the module's package declaration.
	Package *ast.Package

	rules string
}

// ErrCorrupt says that the bytes are no pack of this form.
var ErrCorrupt = errors.New("the pack is corrupt")

// ErrKey says that the pack was made of something else.
var ErrKey = errors.New("the pack has another key")

// magic changes with the form.
const magic = "aksnetlint pack 1\n"

// Encode writes a pack. Open demands the same key.
func Encode(key string, modules []Module) ([]byte, error) {
	w := &writer{index: map[string]int{}}
	w.int(len(modules))
	for _, m := range modules {
		if err := w.module(m); err != nil {
			return nil, fmt.Errorf("packing %s: %w", m.Path, err)
		}
	}
	head := &writer{}
	head.text(key)
	head.int(len(w.strings))
	for _, s := range w.strings {
		head.text(s)
	}
	payload := append(head.out, w.out...)
	out := binary.LittleEndian.AppendUint32([]byte(magic), crc32.ChecksumIEEE(payload))
	return append(out, payload...), nil
}

// Open reads the table and the list of modules. The error wraps ErrCorrupt or
// ErrKey.
func Open(data, key string) (*Pack, error) {
	start := len(magic) + 4
	if len(data) < start || data[:len(magic)] != magic {
		return nil, fmt.Errorf("%w: it does not begin like one", ErrCorrupt)
	}
	sum := binary.LittleEndian.Uint32([]byte(data[len(magic):start]))
	if crc32.ChecksumIEEE([]byte(data[start:])) != sum {
		return nil, fmt.Errorf("%w: its checksum is wrong", ErrCorrupt)
	}
	return read(data[start:], key)
}

func read(payload, key string) (*Pack, error) {
	p := &Pack{}
	r := &reader{pack: p, in: payload}
	if had := r.text(); r.err == nil && had != key {
		return nil, ErrKey
	}
	p.strings = make([]string, r.count())
	for i := range p.strings {
		p.strings[i] = r.text()
	}
	p.entries = make([]Entry, r.count())
	for i := range p.entries {
		if r.err != nil {
			break
		}
		p.entries[i] = r.entry(len(p.entries))
	}
	if r.err == nil && r.in != "" {
		r.fail("bytes are left over")
	}
	if r.err != nil {
		return nil, r.err
	}
	return p, nil
}

// Entries are the modules in the order of Encode.
func (p *Pack) Entries() []Entry { return p.entries }

// Module decodes the module at an index of Entries.
func (p *Pack) Module(i int) (*ast.Module, error) {
	e := &p.entries[i]
	module := &ast.Module{Package: e.Package}
	r := &reader{pack: p, in: e.rules, file: e.Path, module: module}
	module.Rules = make([]*ast.Rule, r.count())
	for i := range module.Rules {
		module.Rules[i] = r.rule()
	}
	if r.err != nil {
		return nil, fmt.Errorf("unpacking %s: %w", e.Path, r.err)
	}
	return module, nil
}

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

// The flags of expressions and rules.
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
