package engine

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/version"

	"github.com/aksnetlint/aksnetlint/linter/engine/internal/pack"
)

// Pack compiles modules, none of them custom, for Options.Pack. The same
// modules make the same bytes. A pack serves these modules with this version
// of OPA; an Engine passes over one that does not fit.
func Pack(ctx context.Context, modules []Module) ([]byte, error) {
	e, err := New(ctx, Options{Modules: modules})
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
		list[i] = pack.Module{Path: m.source.Path, AST: prog.compiler.Modules[m.source.Path]}
		for _, other := range distinct(e.imported(m)) {
			list[i].Uses = append(list[i].Uses, slices.Index(e.modules, other))
		}
		if list[i].Words, err = ruleWords(m.rule); err != nil {
			return nil, err
		}
	}
	return pack.Encode(packKey(e.modules), list)
}

// packKey says what a pack was made of: the version of OPA and the modules.
func packKey(modules []*parsed) string {
	sum := sha256.New()
	for _, m := range modules {
		// Sizes keep paths and texts apart. Writing to a hash cannot fail.
		_, _ = fmt.Fprintf(sum, "%d %s %d\n", len(m.source.Path), m.source.Path, len(m.source.Text))
		_, _ = sum.Write(m.source.Text)
	}
	return version.Version + " " + hex.EncodeToString(sum.Sum(nil))
}

// openPack takes the names and rules of built-in modules from the pack, where
// it fits them.
func (e *Engine) openPack(modules []*parsed) {
	if e.opts.Pack == "" {
		return
	}
	builtin := slices.DeleteFunc(slices.Clone(modules), func(m *parsed) bool { return m.source.Custom })
	opened, err := pack.Open(e.opts.Pack, packKey(builtin))
	if err != nil || len(opened.Entries()) != len(builtin) {
		return
	}
	rules := make([]*Rule, len(builtin))
	for i, entry := range opened.Entries() {
		if rules[i], err = wordsRule(entry.Words); err != nil {
			return
		}
	}
	for i, m := range builtin {
		m.packed, m.rule = i, rules[i]
		m.header = &ast.Module{Package: opened.Entries()[i].Package}
	}
	e.pack = opened
}

// unpack compiles modules and all that they use from the pack; nil where that
// fails, for the modules to be compiled from their text. The caller holds e.mu.
func (e *Engine) unpack(modules []*parsed) (compiler *ast.Compiler) {
	if e.pack == nil || slices.ContainsFunc(modules, func(m *parsed) bool { return m.source.Custom }) {
		return nil
	}
	defer func() {
		if recover() != nil {
			compiler = nil
		}
	}()
	entries := e.pack.Entries()
	chosen := map[string]*ast.Module{}
	var pending []int
	for _, m := range modules {
		pending = append(pending, m.packed)
	}
	for len(pending) > 0 {
		i := pending[len(pending)-1]
		pending = pending[:len(pending)-1]
		if chosen[entries[i].Path] != nil {
			continue
		}
		module, err := e.pack.Module(i)
		if err != nil {
			return nil
		}
		chosen[entries[i].Path] = module
		pending = append(pending, entries[i].Uses...)
	}
	compiler = ast.NewCompiler().WithCapabilities(e.caps).WithSkipStages(packedStages()...)
	if compiler.Compile(chosen); compiler.Failed() {
		return nil
	}
	return compiler
}

// packedStages are the compiler's stages whose work a pack holds: all but those
// that build what evaluation looks rules up in.
func packedStages() []ast.StageID {
	return slices.DeleteFunc(ast.AllStages(), func(s ast.StageID) bool {
		switch s {
		case ast.StageSetModuleTree, ast.StageSetRuleTree,
			ast.StageBuildRuleIndices, ast.StageBuildComprehensionIndices:
			return true
		}
		return false
	})
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
