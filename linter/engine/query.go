package engine

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/aksnetlint/aksnetlint/linter/engine/internal/abstract"
)

// Member is one member of a document that Query evaluates.
type Member struct {
	// Value is plain JSON, with nil for each part that is not known.
	Value any
	// Certain members are there whatever the unknown values are.
	Certain bool
	// Unknowns are the values that the member or parts of it hang on.
	Unknowns []*Unknown
}

// Query evaluates a partial set of a built-in package for an input, in no
// particular order: Query(ctx, "aksnetlint.lib.advise", "advice", in).
func (e *Engine) Query(ctx context.Context, pkg, set string, in Input) ([]Member, error) {
	prog, err := e.programOf(ctx, pkg)
	if err != nil {
		return nil, err
	}
	unknowns := in.unknowns()
	if len(unknowns) == 0 {
		return e.queryKnown(ctx, prog, pkg, set, in)
	}
	limited, stop := context.WithTimeout(ctx, e.opts.RuleTime)
	defer stop()
	members, err := interpretSet(limited, prog, abstract.Config{
		Program: prog.references, Data: e.data, Input: in.value(false),
	}, pkg, set)
	if err != nil {
		return nil, fmt.Errorf("evaluating %s.%s: %w", pkg, set, err)
	}
	list := make([]Member, 0, len(members))
	for _, m := range members {
		plain, err := plainJSON(m.Value)
		if err != nil {
			return nil, fmt.Errorf("evaluating %s.%s: %w", pkg, set, err)
		}
		member := Member{Value: plain, Certain: m.Certain}
		for _, name := range m.Unknowns {
			if u := unknowns[name]; u != nil {
				member.Unknowns = append(member.Unknowns, u)
			}
		}
		list = append(list, member)
	}
	return list, nil
}

// queryKnown evaluates the set for an input in which all is known, by OPA itself,
// so that print() is heard.
func (e *Engine) queryKnown(ctx context.Context, prog *program, pkg, set string, in Input) ([]Member, error) {
	const out = ast.Var("members")
	expr := ast.Equality.Expr(ast.NewTerm(out), ast.NewTerm(packageRef(pkg, set)))
	ev := newEvaluation(e, &view{program: prog}, in)
	results, err := ev.ask(ctx, ast.NewBody(expr), e.opts.RuleTime)
	if err != nil {
		return nil, fmt.Errorf("evaluating %s.%s: %w", pkg, set, err)
	}
	members, ok := ast.NewSet(), false
	if results[out] != nil {
		members, ok = results[out].Value.(ast.Set)
	}
	if !ok {
		return nil, fmt.Errorf("evaluating %s.%s: it is no partial set", pkg, set)
	}
	var list []Member
	for _, m := range members.Slice() {
		plain, err := plainJSON(m.Value)
		if err != nil {
			return nil, fmt.Errorf("evaluating %s.%s: %w", pkg, set, err)
		}
		list = append(list, Member{Value: plain, Certain: true})
	}
	return list, nil
}

func packageRef(pkg, name string) ast.Ref {
	ref := ast.Ref{ast.DefaultRootDocument}
	for _, part := range append(strings.Split(pkg, "."), name) {
		ref = ref.Append(ast.StringTerm(part))
	}
	return ref
}

// interpretSet evaluates the set; a panic of the interpreter is an error.
func interpretSet(ctx context.Context, prog *program, config abstract.Config, pkg, set string) (members []abstract.Member, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("evaluation failed: %v", r)
		}
	}()
	members, _, err = abstract.New(config).Verdict(ctx, packageRef(pkg, set))
	return members, err
}

// programOf is a built-in package compiled with what it imports, at first use.
func (e *Engine) programOf(ctx context.Context, pkg string) (*program, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if prog := e.programs[pkg]; prog != nil {
		return prog, nil
	}
	modules := e.byPackage[pkg]
	if len(modules) == 0 {
		return nil, fmt.Errorf("there is no package %s", pkg)
	}
	prog, err := e.compile(ctx, modules, false)
	if err != nil {
		return nil, fmt.Errorf("compiling package %s: %w", pkg, err)
	}
	e.programs[pkg] = prog
	return prog, nil
}

// plainJSON converts a value that may hold variables for unknown values.
func plainJSON(v ast.Value) (any, error) {
	switch v := v.(type) {
	case ast.Var, ast.Null:
		return nil, nil
	case ast.Boolean:
		return bool(v), nil
	case ast.Number:
		return json.Number(v), nil
	case ast.String:
		return string(v), nil
	case *ast.Array:
		list := make([]any, 0, v.Len())
		for i := range v.Len() {
			item, err := plainJSON(v.Elem(i).Value)
			if err != nil {
				return nil, err
			}
			list = append(list, item)
		}
		return list, nil
	case ast.Set:
		list := make([]any, 0, v.Len())
		for _, member := range v.Slice() {
			item, err := plainJSON(member.Value)
			if err != nil {
				return nil, err
			}
			list = append(list, item)
		}
		return list, nil
	case ast.Object:
		object := make(map[string]any, v.Len())
		err := v.Iter(func(key, value *ast.Term) error {
			name, ok := key.Value.(ast.String)
			if !ok {
				return fmt.Errorf("the key %s is no text", key)
			}
			item, err := plainJSON(value.Value)
			object[string(name)] = item
			return err
		})
		return object, err
	}
	return nil, fmt.Errorf("a value of kind %s is no JSON", ast.ValueName(v))
}
