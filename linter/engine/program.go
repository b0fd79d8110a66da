package engine

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"

	"github.com/aksnetlint/aksnetlint/linter/engine/internal/abstract"
	"github.com/aksnetlint/aksnetlint/linter/engine/internal/pack"
)

// program is a set of compiled modules with the data they read.
type program struct {
	compiler *ast.Compiler
	// pack is where the modules come from; nil for those compiled from text.
	pack *pack.Pack
	// references is compiler for the interpreter.
	references *abstract.Program
	store      storage.Store
	txn        storage.Transaction
	// prints is set where custom modules may print.
	prints bool
}

// view is what the resources of one kind are judged by.
type view struct {
	program *program
	rules   []*query
	// all asks for the verdicts of all rules at once.
	all    ast.Body
	shapes shapes
	// grown is what the pack tells of resources, nil for nothing.
	grown *grown
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
	return e.compileKinds(ctx, kinds)
}

func (e *Engine) compileKinds(ctx context.Context, kinds []string) error {
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
	prog, err := e.compile(ctx, all, false)
	if err != nil {
		return err
	}
	for kind, modules := range wanted {
		e.views[kind] = newView(prog, modules)
		e.views[kind].grown = e.grownFor(kind, e.views[kind])
	}
	return nil
}

// viewOf is the view of a kind, compiled at first use.
func (e *Engine) viewOf(ctx context.Context, kind string) (*view, error) {
	kind = strings.ToLower(kind)
	e.mu.Lock()
	defer e.mu.Unlock()
	if v := e.views[kind]; v != nil {
		return v, nil
	}
	if err := e.compileKinds(ctx, []string{kind}); err != nil {
		return nil, err
	}
	return e.views[kind], nil
}

// modulesFor are the modules of the rules whose targets hold the kind, in
// lower case, by rule id.
func (e *Engine) modulesFor(kind string) []*parsed {
	var list []*parsed
	for _, m := range e.modules {
		if m.rule != nil && slices.ContainsFunc(m.rule.Targets, func(t string) bool { return strings.ToLower(t) == kind || t == EveryKind }) {
			list = append(list, m)
		}
	}
	slices.SortFunc(list, func(a, b *parsed) int { return strings.Compare(a.rule.ID, b.rule.ID) })
	return list
}

func newView(prog *program, modules []*parsed) *view {
	v := &view{program: prog}
	for i, m := range modules {
		ref := m.header.Package.Path.Append(ast.StringTerm("deny"))
		out := ast.Var(fmt.Sprintf("verdict%d", i))
		expr := ast.Equality.Expr(ast.NewTerm(out), ast.NewTerm(ref))
		expr.Location = m.header.Package.Location
		v.add(&query{
			rule: m.rule, deny: ref, out: out,
			body: ast.NewBody(expr), place: place(m.header.Package.Location),
		})
	}
	return v
}

func (v *view) add(q *query) {
	v.rules = append(v.rules, q)
	v.all.Append(q.body[0].Copy())
}

// unchecked are the compiler's stages that only look for mistakes or prepare
// for features that rules have not: modules are compiled with all stages once,
// custom ones when they are loaded and built-in ones in their tests.
var unchecked = []ast.StageID{
	ast.StageCheckUnusedImports, ast.StageCheckKeywordOverrides, ast.StageCheckDuplicateImports,
	ast.StageCheckVoidCalls, ast.StageParseMetadataBlocks, ast.StageSetAnnotationSet,
	ast.StageRewriteRegoMetadataCalls, ast.StageCheckRuleConflicts, ast.StageCheckUndefinedFuncs,
	ast.StageCheckSafetyRuleHeads, ast.StageRewriteTestRulesForTracing, ast.StageCheckRecursion,
	ast.StageCheckTypes, ast.StageCheckUnsafeBuiltins, ast.StageCheckDeprecatedBuiltins,
	ast.StageBuildRequiredCapabilities,
}

// compile compiles modules together with all that they import, with every
// check or with none; without checks from the pack, where there is one. The caller holds e.mu.
func (e *Engine) compile(ctx context.Context, modules []*parsed, checked bool) (*program, error) {
	var compiler *ast.Compiler
	if !checked {
		compiler = e.unpacked(modules)
	}
	prints, packed := false, e.pack
	if compiler == nil {
		packed = nil
		var err error
		if compiler, prints, err = e.compileText(ctx, modules, checked); err != nil {
			return nil, err
		}
	}
	prog := &program{compiler: compiler, pack: packed, references: abstract.NewProgram(compiler), prints: prints, store: inmem.NewFromASTObject(e.data)}
	txn, err := prog.store.NewTransaction(context.Background())
	if err != nil {
		return nil, fmt.Errorf("opening the data of the rules: %w", err)
	}
	prog.txn = txn
	return prog, nil
}

// compileText compiles modules from their text.
func (e *Engine) compileText(ctx context.Context, modules []*parsed, checked bool) (compiler *ast.Compiler, prints bool, err error) {
	chosen, prints, err := e.closure(ctx, modules)
	if err != nil {
		return nil, false, err
	}
	compiler = ast.NewCompiler().
		WithCapabilities(e.caps).
		WithEnablePrintStatements(prints && e.opts.Print != nil)
	if checked {
		compiler = compiler.WithSchemas(e.schemas).WithUseTypeCheckAnnotations(true)
	} else {
		compiler = compiler.WithSkipStages(unchecked...)
	}
	compiler.Compile(chosen)
	if compiler.Failed() {
		var p problems
		p.opa("", compiler.Errors)
		return nil, false, p.err()
	}
	return compiler, prints, nil
}

// closure parses modules and what they import, step by step. Prints is set
// where a custom module is among them.
func (e *Engine) closure(ctx context.Context, modules []*parsed) (chosen map[string]*ast.Module, prints bool, err error) {
	chosen = map[string]*ast.Module{}
	for pending := modules; len(pending) > 0; {
		var p problems
		parseWhole(ctx, pending, e.caps, &p)
		if err := ctx.Err(); err != nil {
			return nil, false, fmt.Errorf("parsing rules: %w", err)
		}
		if err := p.err(); err != nil {
			return nil, false, err
		}
		var next []*parsed
		for _, m := range pending {
			if chosen[m.source.Path] != nil {
				continue
			}
			chosen[m.source.Path] = m.module
			prints = prints || m.source.Custom
			next = append(next, e.imported(m)...)
		}
		pending = slices.DeleteFunc(distinct(next), func(m *parsed) bool { return chosen[m.source.Path] != nil })
	}
	return chosen, prints, nil
}

// distinct drops repeated modules.
func distinct(modules []*parsed) []*parsed {
	seen := map[*parsed]bool{}
	return slices.DeleteFunc(modules, func(m *parsed) bool {
		again := seen[m]
		seen[m] = true
		return again
	})
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
