package engine

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/aksnetlint/aksnetlint/linter/engine/internal/pack"
)

// Engine holds loaded rules. It is safe for concurrent use.
type Engine struct {
	opts    Options
	rules   []Rule
	modules []*parsed
	// byPackage leads from a package to its modules, for what a rule imports.
	byPackage map[string][]*parsed
	caps      *ast.Capabilities
	schemas   *ast.SchemaSet
	data      ast.Object
	// pack holds the built-in modules compiled, nil where they have to be
	// compiled from their text.
	pack *pack.Pack
	// packed knows the rules of the pack; ready are the modules that it was made
	// for, by their index in the pack.
	packed *ast.Compiler
	ready  []bool

	mu    sync.Mutex
	views map[string]*view
	// programs are the packages that Query has evaluated.
	programs map[string]*program
	slow     slowRules
	// custom is set where modules that are not built in were loaded.
	custom bool
}

// New loads modules: checks their METADATA against the contract and compiles
// the custom ones. The built-in modules are compiled when a resource first
// needs them; Check compiles all. What is wrong with
// the modules is a *LoadError with every problem.
func New(ctx context.Context, opts Options) (*Engine, error) {
	installGuards()
	if opts.RuleTime <= 0 {
		opts.RuleTime = defaultRuleTime
	}
	if opts.MaxHits <= 0 {
		opts.MaxHits = defaultMaxHits
	}
	e := &Engine{opts: opts, caps: capabilities(), views: map[string]*view{}, programs: map[string]*program{}, byPackage: map[string][]*parsed{}}
	var p problems
	e.modules = e.parseHeaders(ctx, opts.Modules, &p)
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("loading rules: %w", err)
	}
	if e.pack == nil {
		e.schemas = readSchemas(opts.Schemas, &p)
	}
	e.checkModules(&p)
	e.checkData(&p)
	e.readParams(&p)
	if err := p.err(); err != nil {
		return nil, err
	}
	slices.SortFunc(e.rules, func(a, b Rule) int { return strings.Compare(a.ID, b.ID) })
	if slices.ContainsFunc(e.modules, func(m *parsed) bool { return m.source.Custom }) {
		e.custom = true
		if err := e.check(ctx, func(m *parsed) bool { return m.source.Custom }); err != nil {
			return nil, err
		}
	}
	return e, nil
}

// Rules are the loaded rules by id.
func (e *Engine) Rules() []Rule { return slices.Clone(e.rules) }

// Check compiles every module and checks its types against the schemas. Its error is a *LoadError.
func (e *Engine) Check(ctx context.Context) error {
	return e.check(ctx, func(*parsed) bool { return true })
}

// check compiles and type-checks the chosen modules with what they import.
func (e *Engine) check(ctx context.Context, chosen func(*parsed) bool) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	var list []*parsed
	for _, m := range e.modules {
		if chosen(m) {
			list = append(list, m)
		}
	}
	var p problems
	if e.schemas == nil {
		e.schemas = readSchemas(e.opts.Schemas, &p)
	}
	parseWhole(ctx, list, e.caps, &p)
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("checking rules: %w", err)
	}
	for _, m := range list {
		if m.module != nil {
			checkBody(m, &p)
			narrowSchema(m, e.schemas)
		}
	}
	if err := p.err(); err != nil {
		return err
	}
	_, err := e.compile(ctx, list, true)
	return err
}

// checkBody holds the rules of a module to the contract: deny is a partial
// set, and built-in modules print nothing.
func checkBody(m *parsed, p *problems) {
	if m.rule != nil {
		checkDeny(m.module, m.rule.ID, p)
	}
	if m.source.Custom {
		return
	}
	ast.WalkExprs(m.module, func(x *ast.Expr) bool {
		if x.IsCall() && x.Operator().Equal(ast.Print.Ref()) {
			p.at(x.Location, "print() in a built-in module")
		}
		return false
	})
}

// checkModules reads the rule of each module and refuses what breaks the
// contract.
func (e *Engine) checkModules(p *problems) {
	e.rules = make([]Rule, 0, len(e.modules))
	places := map[string]*parsed{}
	builtin := map[string]*parsed{}
	for _, m := range e.modules {
		if pkg := packagePath(m.header); !m.source.Custom {
			builtin[pkg] = m
		}
	}
	for _, m := range e.modules {
		pkg := packagePath(m.header)
		e.byPackage[pkg] = append(e.byPackage[pkg], m)
		if m.source.Custom && !checkCustom(m, pkg, builtin, p) {
			continue
		}
		if !m.source.Custom {
			checkBuiltIn(m, pkg, p)
		}
		if !isRule(pkg) {
			continue
		}
		if m.rule == nil {
			m.rule = readRule(m, p)
		}
		if m.rule == nil {
			continue
		}
		if first, ok := places[m.rule.ID]; ok {
			p.at(m.header.Package.Location, "rule %s is already defined at %s", m.rule.ID, place(first.header.Package.Location))
			continue
		}
		places[m.rule.ID] = m
		e.rules = append(e.rules, *m.rule)
	}
}

// checkCustom refuses a custom module that defines or extends a built-in
// package, or that looks like a rule but stands elsewhere.
func checkCustom(m *parsed, pkg string, builtin map[string]*parsed, p *problems) bool {
	loc := m.header.Package.Location
	for name, other := range builtin {
		if pkg == name || strings.HasPrefix(pkg, name+".") || strings.HasPrefix(name, pkg+".") && !isRule(pkg) {
			p.at(loc, "package %s is built in (%s): a custom module cannot redefine, extend or contain it", name, place(other.header.Package.Location))
			return false
		}
	}
	if pkg == libRoot || strings.HasPrefix(pkg, libRoot+".") {
		p.at(loc, "package %s: %s holds the built-in libraries only; choose a package name of your own", pkg, libRoot)
		return false
	}
	if a := packageAnnotations(m.header); a != nil && a.Custom["targets"] != nil && !isRule(pkg) {
		p.at(loc, "package of a rule must be %s[\"rule-id\"], not %s", rulesRoot, pkg)
		return false
	}
	return true
}

// checkBuiltIn holds the built-in modules to their two package roots.
func checkBuiltIn(m *parsed, pkg string, p *problems) {
	if !isRule(pkg) && !strings.HasPrefix(pkg, libRoot+".") {
		p.at(m.header.Package.Location, "package %s: built-in modules stand below %s or %s", pkg, rulesRoot, libRoot)
	}
}

// readParams lays the caller's settings over the rules' defaults and builds
// data.
func (e *Engine) readParams(p *problems) {
	params := make(map[string]any, len(e.rules))
	for i := range e.rules {
		merged := map[string]any{}
		maps.Copy(merged, e.rules[i].Params)
		params[e.rules[i].ID] = merged
	}
	for _, id := range slices.Sorted(maps.Keys(e.opts.Params)) {
		merged, ok := params[id].(map[string]any)
		if !ok {
			p.add("", 0, 0, "settings for rule %s: there is no such rule", id)
			continue
		}
		for _, name := range slices.Sorted(maps.Keys(e.opts.Params[id])) {
			value := e.opts.Params[id][name]
			old, known := merged[name]
			switch {
			case !known:
				p.add("", 0, 0, "rule %s has no setting %s (it has: %s)", id, name, strings.Join(slices.Sorted(maps.Keys(merged)), ", "))
			case old != nil && jsonType(old) != jsonType(value):
				p.add("", 0, 0, "setting %s of rule %s must be a %s, like its default", name, id, jsonType(old))
			default:
				merged[name] = value
			}
		}
	}
	settings := e.opts.Settings
	if settings == nil {
		settings = map[string]any{}
	}
	data, err := plainValue(map[string]any{"params": params, "settings": settings})
	if err != nil {
		p.add("", 0, 0, "settings: %v", err)
		return
	}
	e.data = data.(ast.Object)
}

func jsonType(v any) string {
	switch reflect.ValueOf(v).Kind() {
	case reflect.Bool:
		return "boolean"
	case reflect.Map:
		return "map"
	case reflect.Slice:
		return "list"
	case reflect.String:
		if reflect.TypeOf(v).Name() == "Number" {
			return "number"
		}
		return "string"
	case reflect.Invalid:
		return "null"
	}
	return "number"
}

// place renders a location as file:line:col.
func place(loc *ast.Location) string {
	if loc == nil {
		return ""
	}
	return fmt.Sprintf("%s:%d:%d", loc.File, loc.Row, loc.Col)
}
