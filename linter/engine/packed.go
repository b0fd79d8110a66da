package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/version"

	"github.com/aksnetlint/aksnetlint/linter/engine/internal/pack"
)

// Pack is the compiled form of modules, none of them custom.
type Pack struct{ opened *pack.Pack }

// PackKey names what a pack is made of: the modules, by a digest of them all,
// and the version of OPA that compiled them.
func PackKey(digest string) string { return version.Version + "-" + digest }

// WritePack compiles modules, none of them custom, for OpenPack. The key must be
// PackKey of theirs. Resources that look like a sample will be judged sooner. The
// same modules and samples make the same bytes.
func WritePack(ctx context.Context, modules []Module, key string, samples []Sample) ([]byte, error) {
	e, err := New(ctx, Options{Modules: modules})
	if err != nil {
		return nil, err
	}
	notes, err := e.forests(ctx, samples)
	if err != nil {
		return nil, err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	prog, err := e.compile(ctx, e.modules, false)
	if err != nil {
		return nil, err
	}
	list := make([]pack.Module, len(e.modules))
	for i, m := range e.modules {
		list[i] = pack.Module{Path: m.source.Path, Package: m.header.Package}
		for _, other := range distinct(e.imported(m)) {
			list[i].Uses = append(list[i].Uses, slices.Index(e.modules, other))
		}
		if list[i].Words, err = ruleWords(m.rule); err != nil {
			return nil, err
		}
	}
	return pack.Encode(key, list, prog.compiler, notes)
}

// OpenPack reads what WritePack made. It fails where the bytes were written by a
// program with another form of packs, or are no pack. Whether they are the
// modules that are meant is told by the Key alone.
func OpenPack(data string) (*Pack, error) {
	opened, err := pack.Open(data)
	if err != nil {
		return nil, fmt.Errorf("opening a pack of rules: %w", err)
	}
	return &Pack{opened}, nil
}

// Key is the PackKey that the pack was written with.
func (p *Pack) Key() string { return p.opened.Key() }

// usePack takes the names and rules of built-in modules from the pack, where
// it has them.
func (e *Engine) usePack(modules []*parsed) {
	if e.opts.Pack == nil {
		return
	}
	builtin := slices.DeleteFunc(slices.Clone(modules), func(m *parsed) bool { return m.source.Custom })
	opened := e.opts.Pack.opened
	packed := opened.Modules()
	if len(packed) != len(builtin) || !strings.HasPrefix(opened.Key(), PackKey("")) {
		return
	}
	rules := make([]*Rule, len(builtin))
	for i, m := range packed {
		var err error
		if rules[i], err = wordsRule(m.Words); err != nil || m.Path != builtin[i].source.Path {
			return
		}
	}
	for i, m := range builtin {
		m.rule, m.packed = rules[i], i
		m.header = &ast.Module{Package: packed[i].Package}
	}
	e.pack = opened
	e.ready = make([]bool, len(packed))
}

// unpacked is a compiler that knows all packed modules; nil where one of those
// given is not packed, or the pack cannot be used, for them to be compiled
// from their text. The caller holds e.mu.
func (e *Engine) unpacked(modules []*parsed) *ast.Compiler {
	if e.pack == nil || slices.ContainsFunc(modules, func(m *parsed) bool { return m.source.Custom }) {
		return nil
	}
	if !e.prepare(modules) && e.packed != nil {
		return e.packed
	}
	compiler, err := e.pack.Compiler(e.caps, func(module int) bool { return e.ready[module] })
	if err != nil {
		e.pack = nil
		return nil
	}
	e.packed = compiler
	return compiler
}

// prepare marks modules and all that they use as ready, and reports whether
// that asks for another compiler.
func (e *Engine) prepare(modules []*parsed) bool {
	packed := e.pack.Modules()
	var pending []int
	for _, m := range modules {
		pending = append(pending, m.packed)
	}
	fresh := false
	for len(pending) > 0 {
		i := pending[len(pending)-1]
		pending = pending[:len(pending)-1]
		if !e.ready[i] {
			e.ready[i] = true
			fresh = fresh || e.pack.Grouped(i)
			pending = append(pending, packed[i].Uses...)
		}
	}
	return fresh
}

// ruleWords lists the fields of a rule; none for a module that is no rule.
func ruleWords(r *Rule) ([]string, error) {
	if r == nil {
		return nil, nil
	}
	params := ""
	if r.Params != nil {
		text, err := json.Marshal(r.Params)
		if err != nil {
			return nil, fmt.Errorf("packing the settings of rule %s: %w", r.ID, err)
		}
		params = string(text)
	}
	words := []string{
		r.ID, r.Family, strconv.Itoa(r.Catalogue), r.Title, r.Description, string(r.Severity),
		r.Remediation, r.Since, params, strconv.Itoa(len(r.Targets)),
	}
	words = append(append(words, r.Targets...), r.Links...)
	if again, err := wordsRule(words); err != nil || !reflect.DeepEqual(again, r) {
		return nil, fmt.Errorf("packing rule %s: its METADATA does not survive (%v)", r.ID, err)
	}
	return words, nil
}

// fixedWords is how many words stand before a rule's targets and links.
const fixedWords = 10

// wordsRule is the rule that ruleWords listed.
func wordsRule(words []string) (*Rule, error) {
	if len(words) == 0 {
		return nil, nil
	}
	if len(words) < fixedWords {
		return nil, errors.New("a rule has too few words")
	}
	catalogue, err := strconv.Atoi(words[2])
	if err != nil {
		return nil, fmt.Errorf("reading a rule's number: %w", err)
	}
	targets, err := strconv.Atoi(words[fixedWords-1])
	if err != nil || targets < 0 || targets > len(words)-fixedWords {
		return nil, errors.New("a rule has too few targets")
	}
	r := &Rule{
		ID: words[0], Family: words[1], Catalogue: catalogue, Title: words[3], Description: words[4],
		Severity: Severity(words[5]), Remediation: words[6], Since: words[7],
		Targets: slices.Clone(words[fixedWords : fixedWords+targets]),
		Links:   slices.Clone(words[fixedWords+targets:]),
	}
	if words[8] != "" {
		if err := json.Unmarshal([]byte(words[8]), &r.Params); err != nil {
			return nil, fmt.Errorf("reading the settings of rule %s: %w", r.ID, err)
		}
	}
	return r, nil
}
