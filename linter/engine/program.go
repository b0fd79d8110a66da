package engine

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
)

// program is a set of compiled modules with the data they read.
type program struct {
	compiler *ast.Compiler
	store    storage.Store
	txn      storage.Transaction
}

// view is what the resources of one kind are judged by.
type view struct {
	program *program
	rules   []*query
	// all asks for the verdicts of all rules at once.
	all ast.Body
}

// query asks for the verdict of one rule.
type query struct {
	rule *Rule
	deny ast.Ref
	out  ast.Var
	body ast.Body
	// place is where the rule's package is declared.
	place string
}

// Compile compiles in one go what the given kinds need, so that no later Eval
// of them has to. Kinds that no rule judges cost nothing.
func (e *Engine) Compile(ctx context.Context, kinds ...string) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("compiling rules: %w", err)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.compileKinds(kinds)
}

func (e *Engine) compileKinds(kinds []string) error {
	wanted := map[string][]*parsed{}
	var all []*parsed
	for _, kind := range kinds {
		kind = strings.ToLower(kind)
		if e.views[kind] != nil || wanted[kind] != nil {
			continue
		}
		wanted[kind] = e.modulesFor(kind)
		all = append(all, wanted[kind]...)
	}
	if len(all) == 0 {
		for kind := range wanted {
			e.views[kind] = &view{}
		}
		return nil
	}
	prog, err := e.compile(all, false)
	if err != nil {
		return err
	}
	for kind, modules := range wanted {
		e.views[kind] = newView(prog, modules)
	}
	return nil
}

// viewOf is the view of a kind, compiled at first use.
func (e *Engine) viewOf(kind string) (*view, error) {
	kind = strings.ToLower(kind)
	e.mu.Lock()
	defer e.mu.Unlock()
	if v := e.views[kind]; v != nil {
		return v, nil
	}
	if err := e.compileKinds([]string{kind}); err != nil {
		return nil, err
	}
	return e.views[kind], nil
}

// modulesFor are the modules of the rules whose targets hold the kind, in
// lower case, by rule id.
func (e *Engine) modulesFor(kind string) []*parsed {
	var list []*parsed
	for _, m := range e.modules {
		if m.rule != nil && slices.ContainsFunc(m.rule.Targets, func(t string) bool { return strings.ToLower(t) == kind }) {
			list = append(list, m)
		}
	}
	slices.SortFunc(list, func(a, b *parsed) int { return strings.Compare(a.rule.ID, b.rule.ID) })
	return list
}

func newView(prog *program, modules []*parsed) *view {
	v := &view{program: prog}
	for i, m := range modules {
		ref := m.module.Package.Path.Append(ast.StringTerm("deny"))
		out := ast.Var(fmt.Sprintf("verdict%d", i))
		expr := ast.Equality.Expr(ast.NewTerm(out), ast.NewTerm(ref))
		expr.Location = m.module.Package.Location
		v.rules = append(v.rules, &query{
			rule: m.rule, deny: ref, out: out,
			body: ast.NewBody(expr), place: place(m.module.Package.Location),
		})
		v.all.Append(expr.Copy())
	}
	return v
}

// compile compiles modules together with all that they import. Types are
// checked against the schemas where asked: once for custom modules, when they
// are loaded, and for built-in ones in their tests.
func (e *Engine) compile(modules []*parsed, checkTypes bool) (*program, error) {
	chosen := map[string]*ast.Module{}
	prints := false
	pending := slices.Clone(modules)
	for len(pending) > 0 {
		m := pending[len(pending)-1]
		pending = pending[:len(pending)-1]
		if chosen[m.source.Path] != nil {
			continue
		}
		chosen[m.source.Path] = m.module
		prints = prints || m.source.Custom
		pending = append(pending, e.imported(m)...)
	}
	compiler := ast.NewCompiler().
		WithCapabilities(e.caps).
		WithSchemas(e.schemas).
		WithUseTypeCheckAnnotations(checkTypes).
		WithEnablePrintStatements(prints && e.opts.Print != nil)
	compiler.Compile(chosen)
	if compiler.Failed() {
		var p problems
		p.opa("", compiler.Errors)
		return nil, p.err()
	}
	prog := &program{compiler: compiler, store: inmem.NewFromASTObject(e.data)}
	txn, err := prog.store.NewTransaction(context.Background())
	if err != nil {
		return nil, fmt.Errorf("opening the data of the rules: %w", err)
	}
	prog.txn = txn
	return prog, nil
}

// imported are the modules whose packages the module refers to, by import or
// by full path.
func (e *Engine) imported(m *parsed) []*parsed {
	var list []*parsed
	ast.WalkRefs(m.module, func(ref ast.Ref) bool {
		if !ref.HasPrefix(ast.DefaultRootRef) {
			return false
		}
		pkg := ""
		for _, term := range ref[1:] {
			s, ok := term.Value.(ast.String)
			if !ok {
				break
			}
			pkg = strings.TrimPrefix(pkg+"."+string(s), ".")
			list = append(list, e.byPackage[pkg]...)
		}
		return false
	})
	return list
}
