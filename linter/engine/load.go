package engine

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Module is one Rego file.
type Module struct {
	// Path names the file in problems and places.
	Path string
	Text []byte
	// Read returns the text where Text is nil, once it is needed: modules that
	// have been compiled into a Pack are hardly ever read.
	Read func() []byte
	// Custom marks a module that is not built in: it may import the built-in
	// libraries but neither define nor extend a built-in package.
	Custom bool
	// Legacy lets a module be of Rego's older version, v0, where it is not of v1.
	Legacy bool
}

func (m *Module) text() []byte {
	if m.Text == nil && m.Read != nil {
		return m.Read()
	}
	return m.Text
}

// Options say what an Engine is made of.
type Options struct {
	Modules []Module
	// Pack is the compiled form of the modules that are not custom; nil for
	// none. It makes a start many times faster.
	Pack *Pack
	// Params are settings by rule id, over the defaults in the rule's METADATA.
	Params map[string]map[string]any
	// Settings are data.settings.
	Settings map[string]any
	// Schemas are the JSON Schemas of input by name: "kubernetes" is what a
	// rule's METADATA calls schema.kubernetes.
	Schemas map[string][]byte
	// Print receives the text of each print() call with the rule's file:line;
	// nil drops it.
	Print func(place, text string)
	// RuleTime bounds the evaluation of one rule for one resource; 0 means 5 s.
	RuleTime time.Duration
	// MaxHits bounds the hits of one rule in one resource; 0 means 1000.
	MaxHits int
}

const (
	defaultRuleTime = 5 * time.Second
	defaultMaxHits  = 1000
	// maxModuleSize bounds one Rego file, in bytes.
	maxModuleSize = 1 << 20
	// maxProblems bounds the problems of a LoadError.
	maxProblems = 100
)

// Problem is one reason why modules could not be loaded. Lines and columns
// start at 1; 0 where the problem has no place.
type Problem struct {
	Path    string
	Line    int
	Column  int
	Message string
}

// String renders a problem as path:line:column: message.
func (p Problem) String() string {
	switch {
	case p.Path == "":
		return p.Message
	case p.Line == 0:
		return p.Path + ": " + p.Message
	}
	return fmt.Sprintf("%s:%d:%d: %s", p.Path, p.Line, p.Column, p.Message)
}

// LoadError holds all problems found while loading modules.
type LoadError struct {
	Problems []Problem
}

// Error lists the problems, one a line.
func (e *LoadError) Error() string {
	lines := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// problems collects what is wrong with the modules.
type problems struct {
	list []Problem
}

func (p *problems) add(path string, line, column int, format string, args ...any) {
	p.list = append(p.list, Problem{path, line, column, fmt.Sprintf(format, args...)})
}

func (p *problems) at(loc *ast.Location, format string, args ...any) {
	if loc == nil {
		p.add("", 0, 0, format, args...)
		return
	}
	p.add(loc.File, loc.Row, loc.Col, format, args...)
}

// opa adds the errors of OPA's parser or compiler.
func (p *problems) opa(path string, err error) {
	var list ast.Errors
	var single *ast.Error
	switch {
	case err == nil:
	case errors.As(err, &list):
		for _, e := range list {
			p.at(e.Location, "%s", opaMessage(e))
		}
	case errors.As(err, &single):
		p.at(single.Location, "%s", opaMessage(single))
	default:
		p.add(path, 0, 0, "%v", err)
	}
}

// opaMessage is an error with its details (what was wanted, what was found) on
// one line.
func opaMessage(e *ast.Error) string {
	if advised := adviseOn(e); advised != "" {
		return advised
	}
	if e.Details == nil {
		return e.Message
	}
	var details []string
	for _, line := range e.Details.Lines() {
		if line = strings.TrimSpace(line); line != "" && strings.Trim(line, "^") != "" {
			details = append(details, line)
		}
	}
	if len(details) == 0 {
		return e.Message
	}
	return e.Message + ": " + strings.Join(details, " ")
}

// err is the LoadError of the problems in order of place, nil for none.
func (p *problems) err() error {
	if len(p.list) == 0 {
		return nil
	}
	slices.SortStableFunc(p.list, func(a, b Problem) int {
		return cmp.Or(strings.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), strings.Compare(a.Message, b.Message))
	})
	p.list = slices.Compact(p.list)
	if more := len(p.list) - maxProblems; more > 0 {
		p.list = append(p.list[:maxProblems:maxProblems], Problem{Message: fmt.Sprintf("and %d more problems", more)})
	}
	return &LoadError{Problems: p.list}
}

// parsed is a module as far as it has been parsed.
type parsed struct {
	source *Module
	// header is the module up to its package: its METADATA and name.
	header *ast.Module
	// module is the whole module; nil for a built-in one that nothing has
	// needed yet.
	module *ast.Module
	// rule is the rule that the module holds, nil for a library.
	rule *Rule
	// packed is the module's index in the engine's pack, where it has one.
	packed int
}

// parseHeaders parses custom modules whole and built-in ones up to their
// package: most runs need few of them.
// What a pack says of built-in ones needs no parsing.
func (e *Engine) parseHeaders(ctx context.Context, modules []Module, p *problems) []*parsed {
	out := make([]*parsed, len(modules))
	for i := range modules {
		out[i] = &parsed{source: &modules[i]}
	}
	e.usePack(out)
	caps := e.caps
	parallel(ctx, out, p, func(m *parsed) (err error) {
		if m.header != nil {
			return nil
		}
		if m.source.Custom {
			m.module, err = parseCustom(m.source, caps)
			m.header = m.module
			return err
		}
		m.header, err = parseText(m.source.Path, headerOf(m.source.text()), caps)
		return err
	})
	return slices.DeleteFunc(out, func(m *parsed) bool { return m.header == nil })
}

// parseWhole parses what is left of modules.
func parseWhole(ctx context.Context, modules []*parsed, caps *ast.Capabilities, p *problems) {
	parallel(ctx, modules, p, func(m *parsed) (err error) {
		if m.module == nil {
			m.module, err = parseText(m.source.Path, m.source.text(), caps)
		}
		return err
	})
}

// parallel works on each module, a few at a time, and collects the errors.
func parallel(ctx context.Context, modules []*parsed, p *problems, work func(*parsed) error) {
	failed := make([]error, len(modules))
	workers := min(runtime.GOMAXPROCS(0), 4)
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() {
			for i := w; i < len(modules) && ctx.Err() == nil; i += workers {
				failed[i] = work(modules[i])
			}
		})
	}
	wait.Wait()
	for i, err := range failed {
		p.opa(modules[i].source.Path, err)
	}
}

// headerOf is a module's text up to its package declaration.
func headerOf(text []byte) []byte {
	end := 0
	for line := range bytes.Lines(text) {
		end += len(line)
		if bytes.HasPrefix(line, []byte("package ")) {
			break
		}
	}
	return text[:end]
}

// parseCustom parses a module whole, by Rego v0 where it may be and is.
func parseCustom(m *Module, caps *ast.Capabilities) (*ast.Module, error) {
	module, err := parseText(m.Path, m.text(), caps)
	if err == nil || !m.Legacy {
		return module, err
	}
	old, oldErr := ast.ParseModuleWithOpts(m.Path, string(m.text()), ast.ParserOptions{RegoVersion: ast.RegoV0, Capabilities: caps})
	if oldErr != nil || old == nil {
		return nil, err
	}
	return old, nil
}

func parseText(path string, text []byte, caps *ast.Capabilities) (*ast.Module, error) {
	if len(text) > maxModuleSize {
		return nil, fmt.Errorf("the file has %d bytes, more than %d", len(text), maxModuleSize)
	}
	module, err := ast.ParseModuleWithOpts(path, string(text), ast.ParserOptions{
		ProcessAnnotation: true,
		RegoVersion:       ast.RegoV1,
		Capabilities:      caps,
	})
	if err != nil {
		return nil, err
	}
	if module == nil {
		return nil, errors.New("the file holds no Rego")
	}
	return module, nil
}
