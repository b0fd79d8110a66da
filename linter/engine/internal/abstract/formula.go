package abstract

import (
	"errors"
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// composition is how a text was made of values that are not known: by a
// built-in function that looks at none of them.
type composition struct {
	decl *ast.Builtin
	args []ast.Value
}

// Formula computes a value from those of the unknowns of an input.
type Formula func(known func(ast.Var) ast.Value) (ast.Value, error)

// errFormula says that an unknown has no value.
var errFormula = errors.New("a part of the value is not known")

// Formula is how a value follows from the unknowns of the input: whatever they
// are, it is the same value with texts composed of them. It is nil where there is
// more to it. It does not need the interpreter any more.
func (in *Interpreter) Formula(v ast.Value) Formula {
	if ground(v) {
		return func(func(ast.Var) ast.Value) (ast.Value, error) { return v, nil }
	}
	switch v := v.(type) {
	case ast.Var:
		return in.formulaOf(v)
	case *ast.Array:
		items := make([]Formula, v.Len())
		for i := range items {
			if items[i] = in.Formula(v.Elem(i).Value); items[i] == nil {
				return nil
			}
		}
		return func(known func(ast.Var) ast.Value) (ast.Value, error) {
			terms, err := termsOf(items, known)
			return ast.NewArray(terms...), err
		}
	case ast.Object:
		var names []*ast.Term
		var members []Formula
		for _, name := range v.Keys() {
			member := in.Formula(v.Get(name).Value)
			if member == nil || !name.IsGround() {
				return nil
			}
			names, members = append(names, name), append(members, member)
		}
		return func(known func(ast.Var) ast.Value) (ast.Value, error) {
			terms, err := termsOf(members, known)
			if err != nil {
				return nil, err
			}
			out := ast.NewObject()
			for i, name := range names {
				out.Insert(name, terms[i])
			}
			return out, nil
		}
	}
	return nil
}

// formulaOf is the formula of an unknown: one of the input, or one that was
// composed.
func (in *Interpreter) formulaOf(name ast.Var) Formula {
	i := in.unknowns.of(name)
	if _, given := in.unknowns.info[name]; given {
		return func(known func(ast.Var) ast.Value) (ast.Value, error) {
			if v := known(name); v != nil {
				return v, nil
			}
			return nil, errFormula
		}
	}
	if i.composed == nil {
		return nil
	}
	args := make([]Formula, len(i.composed.args))
	for n, arg := range i.composed.args {
		if args[n] = in.Formula(arg); args[n] == nil {
			return nil
		}
	}
	function, bctx := i.composed.decl.Name, in.bctx
	bctx.Cancel = topdown.NewCancel() // that of the interpreter ends with it
	fn := topdown.GetBuiltin(function)
	return func(known func(ast.Var) ast.Value) (ast.Value, error) {
		terms, err := termsOf(args, known)
		if err != nil {
			return nil, err
		}
		var result ast.Value
		err = fn(bctx, terms, func(t *ast.Term) error {
			result = t.Value
			return nil
		})
		if err == nil && result == nil {
			err = errFormula
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", function, err)
		}
		return result, nil
	}
}

func termsOf(formulas []Formula, known func(ast.Var) ast.Value) ([]*ast.Term, error) {
	terms := make([]*ast.Term, len(formulas))
	for i, formula := range formulas {
		v, err := formula(known)
		if err != nil {
			return nil, err
		}
		terms[i] = ast.NewTerm(v)
	}
	return terms, nil
}
